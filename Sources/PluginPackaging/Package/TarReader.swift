/// Reads tar files as ``TarArchive`` writes them, and names whatever others have in them.
///
/// Every length is checked against what is there before it is used: a header may claim what it likes.
struct TarReader {
    struct Entry {
        var path: String
        var content: Range<Int>
    }

    private let bytes: [UInt8]
    private let rules: PackageRules
    private var complaint: PackageComplaint { rules.complaint }

    init(_ bytes: [UInt8], rules: PackageRules) {
        self.bytes = bytes
        self.rules = rules
    }

    /// The regular files, whose paths are those of a package.
    func entries() throws(PluginError) -> [Entry] {
        var entries: [Entry] = []
        var at = 0
        while true {
            guard at + TarArchive.blockSize <= bytes.count else { throw complaint("is cut off within its tar file") }
            let header = bytes[at..<at + TarArchive.blockSize]
            if header.allSatisfy({ $0 == 0 }) { break }
            let entry = try entry(header)
            guard entry.content.upperBound <= bytes.count else {
                throw complaint(entry.path, "whose end is cut off")
            }
            entries.append(entry)
            try rules.checkCount(entries.count - 1)
            at = entry.content.upperBound + TarArchive.padding(behind: entry.content.count)
        }
        try checkEnd(at)
        try rules.checkNames(entries.map(\.path))
        return entries
    }

    private func checkEnd(_ at: Int) throws(PluginError) {
        let end = at + 2 * TarArchive.blockSize
        guard bytes.count >= end, bytes[at..<end].allSatisfy({ $0 == 0 }) else {
            throw complaint("has no proper end in its tar file")
        }
        guard bytes.count == end else {
            throw complaint("has bytes behind the end of its tar file: \(Shown.count(bytes.count - end))")
        }
    }

    private func entry(_ header: ArraySlice<UInt8>) throws(PluginError) -> Entry {
        try checkFormat(header)
        let shown = Self.path(header)
        if let kind = Self.kinds[Self.field("kind", header).first ?? 0] { throw complaint(shown, "which is \(kind)") }
        let path = try checkedPath(header)
        let size = try size(header, of: path)
        try checkFields(header, path, size)
        return Entry(path: path, content: header.endIndex..<header.endIndex + size)
    }

    private static func field(_ name: String, _ header: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let place = TarArchive.field(name)
        return header.dropFirst(place.lowerBound).prefix(place.count)
    }

    private func checkFormat(_ header: ArraySlice<UInt8>) throws(PluginError) {
        let format = Self.field("format", header)
        guard format.elementsEqual(TarArchive.format) else {
            throw complaint(
                format.elementsEqual("ustar  \u{0}".utf8)
                    ? "is in the tar format of GNU, not of POSIX (ustar)"
                    : "holds no tar file in the format of POSIX (ustar)")
        }
        guard Self.octal(Self.field("checksum", header)) == TarArchive.checksum(header) else {
            throw complaint("is broken: the checksum of \(Shown.quoted(Self.path(header))) in its tar file is wrong")
        }
    }

    /// What else than a regular file an entry can be.
    private static let kinds: [UInt8: String] = [
        UInt8(ascii: "1"): "a hard link", UInt8(ascii: "2"): "a symbolic link",
        UInt8(ascii: "3"): "a character device", UInt8(ascii: "4"): "a block device",
        UInt8(ascii: "5"): "a folder: only files are in the archive of a plugin", UInt8(ascii: "6"): "a named pipe",
        UInt8(ascii: "7"): "a file in one piece, an extension of the format",
        UInt8(ascii: "x"): "an extended header (pax)", UInt8(ascii: "g"): "an extended header for all files (pax)",
        UInt8(ascii: "L"): "an extension of GNU's tar (a long name)",
        UInt8(ascii: "K"): "an extension of GNU's tar (a long link)",
        UInt8(ascii: "S"): "an extension of GNU's tar (a sparse file)",
        UInt8(ascii: "D"): "an extension of GNU's tar (a folder)",
        UInt8(ascii: "M"): "an extension of GNU's tar (the rest of a file)",
        UInt8(ascii: "N"): "an extension of GNU's tar (names)",
        UInt8(ascii: "V"): "an extension of GNU's tar (a label)", UInt8(ascii: "X"): "an extended header (Solaris)",
    ]

    private static func pathBytes(_ header: ArraySlice<UInt8>) -> [UInt8] {
        let prefix = field("prefix", header).prefix { $0 != 0 }
        return (prefix.isEmpty ? [] : prefix + [UInt8(ascii: "/")]) + field("name", header).prefix { $0 != 0 }
    }

    private static func path(_ header: ArraySlice<UInt8>) -> String {
        String(decoding: pathBytes(header), as: UTF8.self)
    }

    private func checkedPath(_ header: ArraySlice<UInt8>) throws(PluginError) -> String {
        guard let path = String(validating: Self.pathBytes(header), as: UTF8.self) else {
            throw complaint(Self.path(header), "whose name is no text in UTF-8")
        }
        if path != PackageRules.checksums { try rules.checkPath(path) }
        return path
    }

    private func size(_ header: ArraySlice<UInt8>, of path: String) throws(PluginError) -> Int {
        guard let size = Self.number(Self.field("size", header)) else {
            throw complaint(path, "whose size is no number")
        }
        try rules.checkSize(path, size)
        return size
    }

    /// Octal digits with spaces or NUL around them.
    private static func octal(_ field: ArraySlice<UInt8>) -> Int? {
        let text = field.drop { $0 == UInt8(ascii: " ") }.prefix { $0 != 0 && $0 != UInt8(ascii: " ") }
        return Int(String(decoding: text, as: UTF8.self), radix: 8).flatMap { $0 < 0 ? nil : $0 }
    }

    /// A number as tar files have them: octal, or binary where the first bit is set. What is too large for us is as large
    /// as can be.
    private static func number(_ field: ArraySlice<UInt8>) -> Int? {
        guard let first = field.first, first & 0x80 != 0 else { return octal(field) }
        guard first == 0x80 else { return nil }
        let digits = field.dropFirst().drop { $0 == 0 }
        return digits.count > 7 ? Int.max : digits.reduce(0) { $0 << 8 | Int($1) }
    }

    /// Names the field that is another than packing writes.
    private func checkFields(_ header: ArraySlice<UInt8>, _ path: String, _ size: Int) throws(PluginError) {
        let expected = TarArchive.header(path: path, size: size)[...]
        guard !header.elementsEqual(expected) else { return }
        for (name, _) in TarArchive.fields where name != "checksum" {
            guard Self.field(name, header).elementsEqual(Self.field(name, expected)) else {
                throw complaint(path, "whose \(name) in the tar file is not written as packing writes it")
            }
        }
        throw complaint(path, "whose checksum in the tar file is not written as packing writes it")
    }
}
