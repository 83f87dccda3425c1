/// Files that say which keys are trusted, line by line.
enum TrustFile {
    /// Reads every line that holds something; what is wrong with one is an error with its number.
    static func lines<Line>(
        of text: String, file: String, _ read: (Substring.UTF8View, Int) throws(KeyText.Trouble) -> Line?
    ) throws(PluginError) -> [Line] {
        var lines: [Line] = []
        let pieces = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, piece) in pieces.enumerated() {
            do {
                if let line = try read(piece, index + 1) { lines.append(line) }
            } catch {
                throw PluginError(
                    .badTrust, "a line cannot be read: \(error.reason) (\(file), line \(index + 1)).", file: file,
                    line: index + 1)
            }
        }
        return lines
    }
}
