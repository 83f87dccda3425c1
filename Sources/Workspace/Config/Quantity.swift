import Foundation

/// Times and sizes with their units, as people write them.
public enum Quantity {
    /// `10s`, `500ms`, `2min`, or a number of seconds; nil unless it is above 0 and below a day.
    public static func seconds(_ text: String) -> Double? {
        let seconds = number(text, units: ["ms": 0.001, "min": 60, "s": 1, "": 1])
        return seconds.flatMap { $0 > 0 && $0 < 86_400 ? $0 : nil }
    }

    /// `256MB`, `1GB` (powers of 1024), or a number of bytes; nil below 1 MB and above 1 TB, or outside another range.
    public static func bytes(_ text: String, in range: ClosedRange<Int> = 1 << 20...1 << 40) -> Int? {
        let bytes = number(text, units: ["KB": 1024, "MB": 1_048_576, "GB": 1_073_741_824, "": 1])
        return bytes.flatMap { $0 >= Double(range.lowerBound) && $0 <= Double(range.upperBound) ? Int($0) : nil }
    }

    private static func number(_ text: String, units: KeyValuePairs<String, Double>) -> Double? {
        for (unit, factor) in units where text.hasSuffix(unit) {
            let digits = text.dropLast(unit.count).trimmingCharacters(in: .whitespaces)
            return Double(digits).map { $0 * factor }
        }
        return nil
    }
}
