import ArgumentParser
import TabularIO

/// Options that say how a delimited file is written.
struct FileWriting: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How the file's letters are written: \(TextEncoding.names) (default: as its byte order mark says, or utf-8).",
            valueName: "E"))
    var encoding: String?
    @Option(
        help: ArgumentHelp("What stands between cells: one character, or tab (default: found out).", valueName: "C"))
    var separator: String?

    func format() throws -> DelimitedFormat {
        var format = DelimitedFormat()
        if let encoding {
            guard let named = TextEncoding(name: encoding) else {
                throw UsageError("--encoding is one of \(TextEncoding.names), not `\(encoding)`.")
            }
            format.encoding = named
        }
        if let separator {
            guard let byte = DelimitedFormat.separator(named: separator) else {
                throw UsageError("--separator is one character that is no quote, or tab, not `\(separator)`.")
            }
            format.separator = byte
        }
        return format
    }
}
