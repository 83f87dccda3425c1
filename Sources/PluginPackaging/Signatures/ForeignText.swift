/// Words of files and signatures that others wrote, made fit for a message.
enum ForeignText {
    private static let longest = 64

    /// The text in backquotes, cut, with a question mark for whatever a terminal could take for a command.
    static func quoted(_ text: some StringProtocol) -> String {
        let visible = text.utf8.prefix(longest).map { (0x20..<0x7f).contains($0) ? $0 : UInt8(ascii: "?") }
        return "`\(String(decoding: visible, as: UTF8.self))\(text.utf8.count > longest ? "…" : "")`"
    }
}
