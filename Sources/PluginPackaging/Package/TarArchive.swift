/// Tar files of regular files (POSIX ustar), with nothing of the machine on which they were made.
enum TarArchive {
    static let blockSize = 512

    /// The fields of a header, in order: what they are called, how long they are.
    static let fields: [(name: String, length: Int)] = [
        ("name", 100), ("mode", 8), ("owner", 8), ("group", 8), ("size", 12), ("time", 12), ("checksum", 8),
        ("kind", 1),
        ("target", 100), ("format", 8), ("owner's name", 32), ("group's name", 32), ("device", 16), ("prefix", 155),
        ("filling", 12),
    ]

    /// The place of a field in a header.
    static func field(_ name: String) -> Range<Int> {
        var at = 0
        for field in fields {
            if field.name == name { return at..<at + field.length }
            at += field.length
        }
        return at..<at
    }

    static let format = Array("ustar\u{0}00".utf8)
    static let regularFile = UInt8(ascii: "0")

    static func packed(_ files: [PackageFile]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(files.reduce(2 * blockSize) { $0 + 2 * blockSize + $1.bytes.count })
        for file in files {
            result += header(path: file.path, size: file.bytes.count)
            result += file.bytes
            result += [UInt8](repeating: 0, count: padding(behind: file.bytes.count))
        }
        return result + [UInt8](repeating: 0, count: 2 * blockSize)
    }

    /// How many bytes fill up the last block of so many.
    static func padding(behind count: Int) -> Int { (blockSize - count % blockSize) % blockSize }

    static func header(path: String, size: Int) -> [UInt8] {
        var header: [UInt8] = []
        header.reserveCapacity(blockSize)
        header += Array(path.utf8) + [UInt8](repeating: 0, count: max(0, 100 - path.utf8.count))
        header += octal(0o644, 8) + octal(0, 8) + octal(0, 8) + octal(size, 12) + octal(0, 12)
        header += [UInt8](repeating: UInt8(ascii: " "), count: 8) + [regularFile]
        header += [UInt8](repeating: 0, count: 100) + format + [UInt8](repeating: 0, count: 64)
        header += octal(0, 8) + octal(0, 8) + [UInt8](repeating: 0, count: 155 + 12)
        header.replaceSubrange(field("checksum"), with: octal(checksum(header[...]), 7) + [UInt8(ascii: " ")])
        return header
    }

    /// The sum of a header's bytes, with spaces in the place of the sum itself.
    static func checksum(_ header: ArraySlice<UInt8>) -> Int {
        let place = field("checksum")
        let sum = header.reduce(0) { $0 + Int($1) }
        let stated = header.dropFirst(place.lowerBound).prefix(place.count).reduce(0) { $0 + Int($1) }
        return sum - stated + place.count * Int(UInt8(ascii: " "))
    }

    /// Octal digits that fill a field but for the NUL at its end.
    private static func octal(_ value: Int, _ length: Int) -> [UInt8] {
        let digits = Array(String(value, radix: 8).utf8)
        return [UInt8](repeating: UInt8(ascii: "0"), count: max(0, length - 1 - digits.count)) + digits + [0]
    }
}
