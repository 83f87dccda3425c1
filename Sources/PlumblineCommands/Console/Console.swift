import Foundation
import MeasureModel

/// Where a command speaks: results and human text on standard output; with `--json` one document there and all human
/// text on standard error. Colour and progress only on a terminal.
public struct Console: Sendable {
    let isJSON: Bool
    let isQuiet: Bool
    private let usesColor: Bool
    private let showsProgress: Bool

    init(isJSON: Bool = false, isQuiet: Bool = false, noColor: Bool = false) {
        self.isJSON = isJSON
        self.isQuiet = isQuiet
        let isTerminal = isatty(STDERR_FILENO) == 1
        let wantsColor = ProcessInfo.processInfo.environment["NO_COLOR"]?.isEmpty ?? true
        usesColor = isTerminal && isatty(STDOUT_FILENO) == 1 && !noColor && wantsColor
        showsProgress = isTerminal && !isQuiet && !isJSON
    }

    /// Says something to a person, unless they want quiet.
    func say(_ text: String) {
        guard !isQuiet else { return }
        write(visible(text) + "\n", to: isJSON ? .standardError : .standardOutput)
    }

    /// The result itself for a person; quiet or not.
    func show(_ text: String) {
        guard !isJSON else { return }
        write(visible(text.hasSuffix("\n") ? text : text + "\n"), to: .standardOutput)
    }

    /// Something that went wrong, or may have.
    func complain(_ text: String) {
        write(visible(text) + "\n", to: .standardError)
    }

    /// What scripts and files say must not move the cursor or turn the text around: of all that cannot be seen, only our
    /// own colours reach the terminal.
    private func visible(_ text: String) -> String {
        var shown = VisibleText.of(text, keepingLines: true)
        guard usesColor else { return shown }
        for code in Self.styles { shown = shown.replacing("\\u{1b}[\(code)m", with: "\u{1b}[\(code)m") }
        return shown
    }

    private static let styles = ["0", "1", "31", "32", "33"]

    /// The one document of `--json`.
    func emit(_ json: JSON) {
        guard isJSON else { return }
        write(json.text() + "\n", to: .standardOutput)
    }

    /// How far a long piece of work is, as a bar that overwrites itself.
    func progress(_ what: String, _ done: Int, _ planned: Int) {
        guard showsProgress, planned > 0 else { return }
        let width = 30
        let filled = min(width, width * done / planned)
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
        let end = done >= planned ? "\r\u{1b}[K" : ""
        write("\r\(what) \(bar) \(done)/\(planned)\(end)", to: .standardError)
    }

    func bold(_ text: String) -> String { styled(text, "1") }
    func red(_ text: String) -> String { styled(text, "31") }
    func green(_ text: String) -> String { styled(text, "32") }
    func yellow(_ text: String) -> String { styled(text, "33") }

    private func styled(_ text: String, _ code: String) -> String {
        usesColor ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text
    }

    /// A reader that is gone (`plumb ... | head`) is no failure.
    private func write(_ text: String, to handle: FileHandle) {
        try? handle.write(contentsOf: Data(text.utf8))
    }
}
