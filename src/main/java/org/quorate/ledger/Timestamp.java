package org.quorate.ledger;

/// The one form of time in a body, `YYYY-MM-DDTHH:MM:SS.mmmZ`, read without objects.
final class Timestamp {
    static final long NONE = Long.MIN_VALUE;
    private static final String FORM = "####-##-##T##:##:##.###Z";

    private Timestamp() {}

    /// Milliseconds since 1970, or [#NONE] unless the 24 bytes are of the form and name a real moment.
    static long millis(byte[] bytes, int at) {
        for (int i = 0; i < 24; i++) {
            byte c = bytes[at + i];
            char form = FORM.charAt(i);
            if (form == '#' ? c < '0' || c > '9' : c != form) {
                return NONE;
            }
        }
        int year = number(bytes, at, 4);
        int month = number(bytes, at + 5, 2);
        int day = number(bytes, at + 8, 2);
        int hour = number(bytes, at + 11, 2);
        int minute = number(bytes, at + 14, 2);
        int second = number(bytes, at + 17, 2);
        boolean real = year >= 1
                && month >= 1
                && month <= 12
                && day >= 1
                && day <= daysIn(year, month)
                && hour <= 23
                && minute <= 59
                && second <= 59;
        long time = ((daysSince1970(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
        return real ? time * 1000 + number(bytes, at + 20, 3) : NONE;
    }

    private static int number(byte[] bytes, int at, int digits) {
        int value = 0;
        for (int i = at; i < at + digits; i++) {
            value = value * 10 + bytes[i] - '0';
        }
        return value;
    }

    private static int daysIn(int year, int month) {
        return switch (month) {
            case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    /// Counts in years that begin in March, so that the leap day is the last.
    private static long daysSince1970(int year, int month, int day) {
        int y = month <= 2 ? year - 1 : year;
        int m = month <= 2 ? month + 9 : month - 3;
        long days = 365L * y + y / 4 - y / 100 + y / 400 + (m * 306 + 5) / 10 + day - 1;
        return days - 719_468;
    }
}
