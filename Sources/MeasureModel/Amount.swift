/// Numbers of things as people read them.
public enum Amount {
    /// 4,000.
    public static func count(_ number: Int) -> String {
        let digits = String(number.magnitude)
        var result = number < 0 ? "-" : ""
        for (place, digit) in digits.enumerated() {
            if place > 0, (digits.count - place).isMultiple(of: 3) { result += "," }
            result.append(digit)
        }
        return result
    }

    /// 12.4 million; smaller numbers as they are.
    public static func instructions(_ number: Int) -> String {
        for (size, name) in [(1_000_000_000, "billion"), (1_000_000, "million")] where number >= size {
            let tenths = number / (size / 10)
            return "\(count(tenths / 10)).\(tenths % 10) \(name) instructions"
        }
        return number == 1 ? "1 instruction" : "\(count(number)) instructions"
    }

    /// Bytes in the largest unit that names them exactly: 64 MB, 1,536 KB.
    public static func bytes(_ number: Int) -> String {
        for (shift, unit) in [(30, "GB"), (20, "MB"), (10, "KB")] where number >= 1 << shift {
            if number.isMultiple(of: 1 << shift) { return "\(count(number >> shift)) \(unit)" }
        }
        return "\(count(number)) bytes"
    }

    /// Bytes to three digits or so: 12.4 MB.
    public static func roughBytes(_ number: Int) -> String {
        for (shift, unit) in [(40, "TB"), (30, "GB"), (20, "MB"), (10, "KB")] where number >= 1 << shift {
            let tenths = (Double(number) / Double(1 << shift) * 10).rounded() / 10
            return "\(tenths >= 100 ? JSON.text(of: tenths.rounded()) : JSON.text(of: tenths)) \(unit)"
        }
        return "\(count(number)) bytes"
    }

    /// A size that holds so many bytes, as plumbline.yaml takes it: the next power of two in megabytes.
    public static func sizeHolding(_ bytes: Int) -> String {
        var megabytes = 1
        while megabytes < 1 << 20, megabytes << 20 < bytes { megabytes *= 2 }
        return megabytes >= 1024 ? "\(megabytes / 1024)GB" : "\(megabytes)MB"
    }

    /// Seconds to three digits: 10 s, 0.05 s, 128 s.
    public static func seconds(_ number: Double) -> String {
        JSON.text(of: rounded(number, up: false)) + " s"
    }

    /// Two leading digits of a number, rounded up: what to set a limit to.
    public static func atLeast(_ number: Double) -> Double { rounded(number, digits: 2, up: true) }

    private static func rounded(_ number: Double, digits: Int = 3, up: Bool) -> Double {
        guard number > 0, number.isFinite else { return 0 }
        var unit = 1.0  // of the last digit that is kept, at least a thousandth
        while number >= unit * power(digits) { unit *= 10 }
        var parts = 1.0
        while parts < 1000, number * parts * 10 < power(digits) { parts *= 10 }
        let scaled = number / unit * parts
        return (up ? scaled.rounded(.up) : scaled.rounded()) * unit / parts
    }

    private static func power(_ digits: Int) -> Double { digits == 2 ? 100 : 1000 }
}
