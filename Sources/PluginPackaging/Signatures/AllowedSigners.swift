public import Foundation

/// Whose signatures count, from a file in OpenSSH's format `allowed_signers`. An empty one lets nobody sign.
///
/// A line counts for a plugin when its names match the plugin's, its key is plain Ed25519, and its options allow the
/// namespace `plumbline-plugin` and the time. Lines with `cert-authority` and with keys of other kinds are read and
/// never count.
public struct AllowedSigners: Equatable, Sendable {
    /// How messages call the file.
    public let file: String
    private let lines: [SignerLine]

    /// Reads the file's text. Days without `Z` are those of `timeZone`.
    ///
    /// - Throws: ``PluginError`` (`bad_trust`) with the line that cannot be read.
    public init(text: String, file: String, timeZone: TimeZone = .current) throws(PluginError) {
        self.file = file
        lines = try TrustFile.lines(of: text, file: file) { line, number throws(KeyText.Trouble) in
            try SignerLine.read(line, number: number, timeZone: timeZone)
        }
    }

    /// The numbers of lines that never count for plugins: of certificate authorities, and of keys of other kinds.
    public var idleLines: [Int] {
        lines.filter { $0.options.isAuthority || $0.key == nil }.map(\.number)
    }

    /// Finds the line that lets a key sign a plugin at a time, and returns its names as they are written.
    ///
    /// - Throws: ``PluginError`` (`untrusted`) that says why there is none and what to do.
    public func principals(
        for key: SigningKey, plugin: String, at date: Date
    ) throws(PluginError) -> String {
        var nearest: Obstacle?
        for line in lines where line.key == key {
            guard let obstacle = obstacle(in: line, plugin, date) else { return line.principals.text }
            nearest = Swift.max(nearest ?? obstacle, obstacle)
        }
        throw refusal(nearest, key, plugin)
    }

    /// Why a line with the right key does not count: the later of two is nearer to counting.
    private enum Obstacle: Comparable {
        case authority(line: Int)
        case otherNames(line: Int, names: String)
        case otherNamespaces(line: Int, names: String)
        case notYet(line: Int, from: Int)
        case expired(line: Int, at: Int)

        var line: Int {
            switch self {
            case .authority(let line), .otherNames(let line, _), .otherNamespaces(let line, _), .notYet(let line, _),
                .expired(let line, _):
                line
            }
        }
    }

    private func obstacle(in line: SignerLine, _ plugin: String, _ date: Date) -> Obstacle? {
        let options = line.options
        let now = Int(date.timeIntervalSince1970.rounded(.down))
        if options.isAuthority { return .authority(line: line.number) }
        if !line.principals.matches(plugin) {
            return .otherNames(line: line.number, names: line.principals.text)
        }
        if let namespaces = options.namespaces, !namespaces.matches(PluginSignature.requiredNamespace) {
            return .otherNamespaces(line: line.number, names: namespaces.text)
        }
        if let start = options.validAfter, now < start { return .notYet(line: line.number, from: start) }
        if let end = options.validBefore, now > end { return .expired(line: line.number, at: end) }
        return nil
    }

    private func refusal(_ obstacle: Obstacle?, _ key: SigningKey, _ plugin: String) -> PluginError {
        let who = "\(plugin) is signed by the key \(key.fingerprint)"
        let proposal =
            "ask its hub whether this is its key; if so, this line lets it sign: `\(plugin) "
            + "namespaces=\"\(PluginSignature.requiredNamespace)\" \(key.text)`"
        let text =
            switch obstacle {
            case nil where lines.isEmpty:
                "\(who), and \(file) lets nobody sign: \(proposal)"
            case nil:
                "\(who), which \(file) does not know: \(proposal)"
            case .authority:
                "\(who), which stands there as `cert-authority` and signs no files itself: \(proposal)"
            case .otherNames(_, let names):
                "\(who), which may sign for \(ForeignText.quoted(names)) only: \(proposal)"
            case .otherNamespaces(_, let names):
                "\(who), which may sign for the namespaces \(ForeignText.quoted(names)) only: add "
                    + "`\(PluginSignature.requiredNamespace)` to them if it may sign plugins"
            case .notYet(_, let start):
                "\(who), which is not valid before \(Self.time(start)): wait until then, or change `valid-after`"
            case .expired(_, let end):
                "\(who), which was valid until \(Self.time(end)): ask its hub for a release by its newer key, or "
                    + "change `valid-before` if the key is still good"
            }
        let place = obstacle.map { " (\(file), line \($0.line))" } ?? ""
        return PluginError(.untrusted, "\(text)\(place).", file: file, line: obstacle?.line)
    }

    private static func time(_ seconds: Int) -> String {
        Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
    }
}
