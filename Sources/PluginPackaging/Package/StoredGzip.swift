/// Gzip files whose content is not compressed: no version of a compressor can change a byte of them, and reading them needs
/// no decompressor that hostile bytes could lead astray or blow up.
enum StoredGzip {
    /// No flags, no time, no system.
    private static let header: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]
    private static let trailerSize = 8
    private static let blockHeaderSize = 5
    private static let blockSize = 65_535

    static func packed(_ content: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(content.count + content.count / blockSize * blockHeaderSize + 64)
        result += header
        var at = 0
        repeat {
            let end = min(content.count, at + blockSize)
            result.append(end == content.count ? 1 : 0)
            result += littleEndian(UInt16(end - at)) + littleEndian(~UInt16(end - at))
            result += content[at..<end]
            at = end
        } while at < content.count
        return result + littleEndian(CyclicRedundancyCheck.of(content)) + littleEndian(UInt32(content.count))
    }

    static func unpacked(_ archive: [UInt8], _ complaint: PackageComplaint) throws(PluginError) -> [UInt8] {
        try checkHeader(archive, complaint)
        var content: [UInt8] = []
        content.reserveCapacity(archive.count)
        var at = header.count
        var isLast = false
        while !isLast {
            guard at + blockHeaderSize <= archive.count else { throw truncated(complaint) }
            isLast = archive[at] & 1 == 1
            guard archive[at] >> 1 & 3 == 0 else {
                throw complaint("is compressed: the archive of a plugin holds its files as they are")
            }
            let length = number(archive, at + 1, 2)
            guard length == ~number(archive, at + 3, 2) & 0xffff else {
                throw complaint(
                    "is broken: the length of a block at byte \(Shown.count(at + 2)) is not what it should be")
            }
            at += blockHeaderSize
            guard at + length <= archive.count else { throw truncated(complaint) }
            content += archive[at..<at + length]
            at += length
        }
        try checkTrailer(archive, at, content, complaint)
        return content
    }

    private static func checkHeader(_ archive: [UInt8], _ complaint: PackageComplaint) throws(PluginError) {
        guard archive.starts(with: header.prefix(2)) else { throw complaint("is no gzip file") }
        guard archive.count >= header.count else { throw truncated(complaint) }
        guard archive[2] == 8 else { throw complaint("is a gzip file of an unknown kind") }
        guard archive[3] == 0 else {
            throw complaint("carries a file name, a comment or more in the header of its gzip file")
        }
        guard number(archive, 4, 4) == 0 else { throw complaint("carries a time in the header of its gzip file") }
    }

    private static func checkTrailer(
        _ archive: [UInt8], _ at: Int, _ content: [UInt8], _ complaint: PackageComplaint
    ) throws(PluginError) {
        guard at + trailerSize <= archive.count else { throw truncated(complaint) }
        guard number(archive, at, 4) == Int(CyclicRedundancyCheck.of(content)),
            number(archive, at + 4, 4) == content.count
        else { throw complaint("is broken: its checksum is wrong. Fetch it again") }
        let rest = archive.count - at - trailerSize
        guard rest == 0 else { throw complaint("has bytes behind its end: \(Shown.count(rest))") }
    }

    private static func truncated(_ complaint: PackageComplaint) -> PluginError {
        complaint("is cut off: its end is missing. Fetch it again")
    }

    private static func number(_ bytes: [UInt8], _ at: Int, _ count: Int) -> Int {
        (0..<count).reduce(0) { $0 | Int(bytes[at + $1]) << (8 * $1) }
    }

    private static func littleEndian(_ value: some FixedWidthInteger) -> [UInt8] {
        (0..<value.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}
