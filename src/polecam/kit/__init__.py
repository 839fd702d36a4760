"""Pure helpers of every room: money, periods, refusals, phones, names. No Django here."""
