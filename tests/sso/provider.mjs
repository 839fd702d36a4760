// A real OpenID provider for the tests, on this machine only: node provider.mjs PORT CLIENT SECRET BACK
// Whoever signs in as `name` is name@olszyna.example; `unproven-*` has an e-mail nobody confirmed.
import Provider from 'oidc-provider';

const [port, client, secret, back] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;

const provider = new Provider(issuer, {
  clients: [{
    client_id: client,
    client_secret: secret,
    redirect_uris: [back],
    grant_types: ['authorization_code'],
    response_types: ['code'],
  }],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['given_name', 'family_name'] },
  pkce: { required: () => true },
  cookies: { keys: ['only for tests'] },
  ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 600, IdToken: 60, Interaction: 600, Session: 600 },
  findAccount: async (ctx, id) => ({
    accountId: id,
    claims: async () => ({
      sub: id,
      email: `${id}@olszyna.example`,
      email_verified: !id.startsWith('unproven'),
      given_name: 'Nina',
      family_name: 'Kos',
    }),
  }),
});
provider.listen(Number(port), '127.0.0.1', () => console.log('ready'));
