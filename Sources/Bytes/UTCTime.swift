/// A moment by some clock, in milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted (POSIX).
public struct UTCTime: Hashable, Comparable, Sendable {
    public let milliseconds: Int64

    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// Seconds more than a hundred million years away are taken as that far: they come from files that somebody made up.
    public init(seconds: Int64) {
        milliseconds = min(max(seconds, -Self.farthestSeconds), Self.farthestSeconds) * 1000
    }

    /// Far from where counting milliseconds, or the days in them, would overflow.
    private static let farthestSeconds: Int64 = 1 << 52

    /// Whole seconds, rounded down.
    public var seconds: Int64 { milliseconds / 1000 - (milliseconds % 1000 < 0 ? 1 : 0) }

    public static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }
}

extension UTCTime: CustomStringConvertible {
    /// RFC 3339 in UTC with milliseconds, `2026-11-21T08:00:00.123Z`; years 0000 to 9999.
    public var description: String {
        let (year, month, day) = Self.date(ofDay: Self.floorDivide(milliseconds, 86_400_000))
        let time = milliseconds - Self.floorDivide(milliseconds, 86_400_000) * 86_400_000
        let clock = [time / 3_600_000, time / 60_000 % 60, time / 1000 % 60].map { Self.padded($0, 2) }
        return "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))T"
            + clock.joined(separator: ":") + "." + Self.padded(time % 1000, 3) + "Z"
    }

    /// Reads exactly what ``description`` writes.
    public init?(_ text: some StringProtocol) {
        let form = Array("dddd-dd-ddTdd:dd:dd.dddZ".utf8)
        let characters = Array(text.utf8)
        guard characters.count == form.count else { return nil }
        var fields: [Int64] = [0]
        for (character, expected) in zip(characters, form) {
            if expected == UInt8(ascii: "d") {
                guard (0x30...0x39).contains(character) else { return nil }
                fields[fields.count - 1] = fields[fields.count - 1] * 10 + Int64(character - 0x30)
            } else {
                guard character == expected else { return nil }
                fields.append(0)
            }
        }
        let seconds = (fields[3] * 60 + fields[4]) * 60 + fields[5]
        let day = Self.day(ofYear: fields[0], month: fields[1], day: fields[2])
        self.init(milliseconds: (day * 86_400 + seconds) * 1000 + fields[6])
        guard description.utf8.elementsEqual(characters) else { return nil }  // refuses 2026-02-30 and 25:00
    }

    private static func padded(_ value: Int64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private static func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
        value / divisor - (value % divisor < 0 ? 1 : 0)
    }

    // Days and dates of the proleptic Gregorian calendar, counted from 1 March so that leap days come last:
    // the well-known arithmetic of eras of 400 years.
    private static func date(ofDay day: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = day + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    private static func day(ofYear year: Int64, month: Int64, day: Int64) -> Int64 {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = floorDivide(shiftedYear, 400)
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
