// Times are shown in the organisation's zone; who sits in another one finds their own on pointing.

export function localTimes() {
  const zone = document.documentElement.dataset.zone;
  if (!zone || Intl.DateTimeFormat().resolvedOptions().timeZone === zone) return;
  const own = new Intl.DateTimeFormat(document.documentElement.lang, {
    dateStyle: "medium",
    timeStyle: "short",
  });
  document.querySelectorAll("time[datetime*=T]").forEach((time) => {
    time.title = own.format(new Date(time.dateTime));
  });
}
