"""How people prove who they are: second factors, passkeys, sessions, single sign-on."""
