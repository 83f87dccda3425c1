import Configuration
import TabularIO

/// Reads what a codebook says about how the files of a source are written.
enum SourceFormatReader {
    static let keys = ["encoding", "separator", "skip", "decimal", "thousands", "dates", "time_zone"]

    static func read(_ fields: [String: ConfigNode], into source: inout CodebookSource) throws(ConfigError) {
        if let encoding = fields["encoding"] {
            guard let named = TextEncoding(name: try encoding.text()) else {
                throw encoding.failure("`encoding` is one of \(TextEncoding.names)")
            }
            source.file.encoding = named
        }
        if let separator = fields["separator"] {
            guard let byte = DelimitedFormat.separator(named: try separator.text()) else {
                throw separator.failure("`separator` is one character, or `tab`")
            }
            source.file.separator = byte
        }
        if let skip = fields["skip"] {
            let lines = try skip.whole()
            guard lines >= 0 else { throw skip.failure("`skip` is the number of lines above the header") }
            source.file.skippedLines = lines
        }
        source.cells.decimal = try fields["decimal"].map(mark) ?? source.cells.decimal
        source.cells.thousands = try fields["thousands"].map(mark)
        if let thousands = fields["thousands"], source.cells.thousands == source.cells.decimal {
            throw thousands.failure("`thousands` and `decimal` are the same mark; say both")
        }
        source.cells.dates = try fields["dates"].map(dates)
        source.timeZone = try fields["time_zone"]?.timeZone()
    }

    static func dates(_ node: ConfigNode) throws(ConfigError) -> DatePattern {
        guard let pattern = DatePattern(try node.text()) else {
            throw node.failure(
                "`dates` is written like \"%m/%d/%Y %H:%M\", with a year (%Y, %y), a month (%m, %b) and a day (%d)")
        }
        return pattern
    }

    /// A mark inside numbers: one character that no number has.
    private static func mark(_ node: ConfigNode) throws(ConfigError) -> UInt8 {
        let text = try node.text()
        guard text.utf8.count == 1, let byte = text.utf8.first, ".,' _".utf8.contains(byte) else {
            throw node.failure("a mark in numbers is one of . , ' _ and space")
        }
        return byte
    }
}
