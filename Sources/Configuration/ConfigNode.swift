import Foundation
import Spelling
import Yams

/// A place in a YAML file, read field by field; whatever is wrong is reported with its line.
public struct ConfigNode {
    private let node: Node
    private let file: String
    /// How messages call this place: `datasets.survey.period`.
    public let path: String

    private init(node: Node, file: String, path: String) {
        self.node = node
        self.file = file
        self.path = path
    }

    /// Parses a file's text; `file` is how messages call it.
    ///
    /// - Throws: ``ConfigError`` with the place where it is no YAML.
    public static func parse(_ text: String, file: String) throws(ConfigError) -> ConfigNode {
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch {
            throw syntaxError(error, file)
        }
        return ConfigNode(node: root ?? Node([] as [(Node, Node)]), file: file, path: "")
    }

    private static func syntaxError(_ error: any Error, _ file: String) -> ConfigError {
        switch error {
        case YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
            YamlError.composer(_, let problem, let mark, _):
            return ConfigError(
                "\(file) is not YAML: \(problem) in line \(mark.line).", file: file, line: mark.line,
                column: mark.column)
        case YamlError.duplicatedKeysInMapping(let keys, let context):
            return ConfigError(
                "\(file) has a key twice: \(keys.joined(separator: ", ")) (line \(context.mark.line)).",
                file: file,
                line: context.mark.line, column: context.mark.column)
        default:
            return ConfigError("\(file) is not YAML: \(error).", file: file)
        }
    }

    /// An error about this place.
    public func failure(_ message: String) -> ConfigError {
        ConfigError(
            message + (node.mark.map { " (\(file), line \($0.line))" } ?? " (\(file))"), file: file,
            line: node.mark?.line, column: node.mark?.column)
    }

    private var called: String { path.isEmpty ? "the file" : "`\(path)`" }

    private func child(_ name: String, _ node: Node) -> ConfigNode {
        ConfigNode(node: node, file: file, path: path.isEmpty ? name : "\(path).\(name)")
    }

    /// The fields of a mapping in the order of the file.
    public func fields() throws(ConfigError) -> [(name: String, value: ConfigNode)] {
        guard case .mapping(let mapping) = node else {
            if isNull { return [] }
            throw failure("\(called) must be a mapping (`name: value`)")
        }
        var fields: [(name: String, value: ConfigNode)] = []
        for (key, value) in mapping {
            guard let name = key.scalar?.string else { throw child("?", key).failure("a key of \(called) is no text") }
            fields.append(
                (name, ConfigNode(node: value, file: file, path: path.isEmpty ? name : "\(path).\(name)")))
        }
        return fields
    }

    /// The fields of a mapping whose keys are all known.
    public func fields(known: [String]) throws(ConfigError) -> [String: ConfigNode] {
        var result: [String: ConfigNode] = [:]
        guard case .mapping(let mapping) = node else {
            if isNull { return [:] }
            throw failure("\(called) must be a mapping (`name: value`)")
        }
        for (key, value) in mapping {
            let name = key.scalar?.string ?? ""
            guard known.contains(name) else {
                let near = DidYouMean.nearest(to: name, among: known).map { "; did you mean `\($0)`?" }
                throw child(name, key).failure(
                    "\(path.isEmpty ? file : "`\(path)`") has no key `\(name)`"
                        + (near ?? "; it has \(known.joined(separator: ", "))"))
            }
            result[name] = child(name, value)
        }
        return result
    }

    /// Whether nothing stands here.
    public var isNull: Bool {
        if case .scalar(let scalar) = node {
            scalar.style == .plain && ["", "~", "null"].contains(scalar.string)
        } else {
            false
        }
    }

    /// Whether it is a list.
    public var isList: Bool {
        if case .sequence = node { true } else { false }
    }

    /// The text of a scalar, whatever YAML would make of it.
    public func text() throws(ConfigError) -> String {
        guard case .scalar(let scalar) = node, !isNull else { throw failure("\(called) must be a text") }
        return scalar.string
    }

    /// A finite number.
    public func number() throws(ConfigError) -> Double {
        guard let number = Double(try text()), number.isFinite else { throw failure("\(called) must be a number") }
        return number
    }

    /// A whole number.
    public func whole() throws(ConfigError) -> Int {
        guard let number = Int(try text()) else { throw failure("\(called) must be a whole number") }
        return number
    }

    /// The IANA name of a time zone.
    public func timeZone() throws(ConfigError) -> String {
        let name = try text()
        guard TimeZone(identifier: name) != nil else {
            let near = DidYouMean.nearest(to: name, among: TimeZone.knownTimeZoneIdentifiers)
            throw failure("there is no time zone `\(name)`" + (near.map { "; did you mean `\($0)`?" } ?? ""))
        }
        return name
    }

    /// true or false.
    public func truth() throws(ConfigError) -> Bool {
        switch try text() {
        case "true": return true
        case "false": return false
        default: throw failure("\(called) must be true or false")
        }
    }

    /// The elements of a list.
    public func list() throws(ConfigError) -> [ConfigNode] {
        guard case .sequence(let sequence) = node else { throw failure("\(called) must be a list (`[a, b]`)") }
        return sequence.enumerated().map { child(String($0.offset + 1), $0.element) }
    }

    /// A list of texts; a single text counts as a list of one.
    public func texts() throws(ConfigError) -> [String] {
        if case .scalar = node { return [try text()] }
        var texts: [String] = []
        for element in try list() { texts.append(try element.text()) }
        return texts
    }

    /// One of the names of a type.
    public func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ type: Choice.Type
    ) throws(ConfigError) -> Choice {
        let text = try text()
        guard let choice = Choice(rawValue: text) else {
            let names = Choice.allCases.map(\.rawValue)
            throw failure("\(called) cannot be `\(text)`; choose one of \(names.joined(separator: ", "))")
        }
        return choice
    }
}
