import Configuration
import MeasureModel

extension PluginManifest {
    /// Reads the text of a manifest; `file` is what messages call it.
    ///
    /// - Throws: ``PluginError`` with `.badPackage`, naming the line.
    public static func read(_ text: String, file: String) throws(PluginError) -> PluginManifest {
        do throws(ConfigError) {
            return try ManifestReader(root: ConfigNode.parse(text, file: file)).manifest()
        } catch {
            throw PluginError(.badPackage, error.description, file: error.file, line: error.line)
        }
    }
}

/// Reads `plugin.yaml` field by field.
private struct ManifestReader {
    let root: ConfigNode

    private static let keys = [
        "name", "version", "title", "plumb", "needs", "reads", "license", "authors", "changelog",
    ]
    private static let mostNeeds = 64
    private static let mostColumns = 1000
    private static let maximumLineLength = 200
    private static let maximumChangeLength = 4000

    func manifest() throws(ConfigError) -> PluginManifest {
        let fields = try root.fields(known: Self.keys)
        let name = try Self.notation(try field("name", fields, such: "riverbend/climate"), PluginName.init)
        return PluginManifest(
            name: name,
            version: try Self.notation(try field("version", fields, such: "1.0.0"), SemanticVersion.init),
            title: try fields["title"].map(Self.line),
            host: try Self.notation(try field("plumb", fields, such: "\">=0.1.0\""), VersionRange.init),
            needs: try fields["needs"].map { node throws(ConfigError) in try needs(node, of: name) } ?? [],
            reads: try fields["reads"].map(reads) ?? [],
            license: try Self.line(try field("license", fields, such: "Apache-2.0")),
            authors: try authors(try field("authors", fields, such: "[\"Riverbend hub\"]")),
            changelog: try fields["changelog"].map(changelog) ?? [])
    }

    private func field(
        _ name: String, _ fields: [String: ConfigNode], such example: String
    ) throws(ConfigError) -> ConfigNode {
        guard let field = fields[name] else {
            throw root.failure("a plugin's manifest needs `\(name)`, such as `\(name): \(example)`")
        }
        return field
    }

    private static func notation<Value>(
        _ node: ConfigNode, _ read: (String) throws(NotationError) -> Value
    ) throws(ConfigError) -> Value {
        let text = try node.text()
        do {
            return try read(text)
        } catch {
            throw node.failure("`\(node.path)`: \(error)")
        }
    }

    /// A text of one line, which messages and lists can show as it is.
    private static func line(_ node: ConfigNode) throws(ConfigError) -> String {
        let text = try node.text()
        guard !text.isEmpty, text.utf8.count <= maximumLineLength, Shown.isOneLine(text) else {
            throw node.failure(
                "`\(node.path)` must be one line of at most \(maximumLineLength) bytes, without characters that are not seen"
            )
        }
        return text
    }

    private func needs(_ node: ConfigNode, of plugin: PluginName) throws(ConfigError) -> [PluginNeed] {
        var needs: [PluginNeed] = []
        for (key, value) in try node.fields() {
            let name: PluginName
            do {
                name = try PluginName(key)
            } catch {
                throw value.failure("`needs`: \(error)")
            }
            guard name != plugin else { throw value.failure("`needs`: a plugin cannot need itself") }
            needs.append(PluginNeed(name, try Self.notation(value, VersionRange.init)))
        }
        guard needs.count <= Self.mostNeeds else {
            throw node.failure("`needs` names \(needs.count) plugins; at most \(Self.mostNeeds) can be needed")
        }
        return needs.sorted { $0.name < $1.name }
    }

    private func reads(_ node: ConfigNode) throws(ConfigError) -> [DatasetReads] {
        var reads: [DatasetReads] = []
        for (dataset, value) in try node.fields() {
            guard !dataset.isEmpty, dataset.utf8.count <= Self.maximumLineLength, Shown.isOneLine(dataset) else {
                throw value.failure("`reads` must name datasets in one line each")
            }
            let fields = try value.fields(known: ["columns", "rows"])
            guard let columns = fields["columns"] else {
                throw value.failure("`\(value.path)` needs `columns`: a list of them, or `all`")
            }
            reads.append(
                DatasetReads(
                    dataset: dataset, columns: try self.columns(columns), rows: try fields["rows"]?.truth() ?? false))
        }
        return reads.sorted { $0.dataset.utf8.lexicographicallyPrecedes($1.dataset.utf8) }
    }

    private func columns(_ node: ConfigNode) throws(ConfigError) -> [String]? {
        guard node.isList else {
            guard try node.text() == "all" else {
                throw node.failure("`\(node.path)` must be a list of columns, such as `[a, b]`, or `all`")
            }
            return nil
        }
        var columns: [String] = []
        for element in try node.list() { columns.append(try Self.line(element)) }
        guard Set(columns).count == columns.count else { throw node.failure("`\(node.path)` names a column twice") }
        guard columns.count <= Self.mostColumns else {
            throw node.failure(
                "`\(node.path)` names \(columns.count) columns; write `all`, or at most \(Self.mostColumns)")
        }
        return columns
    }

    private func authors(_ node: ConfigNode) throws(ConfigError) -> [String] {
        guard node.isList else { return [try Self.line(node)] }
        var authors: [String] = []
        for element in try node.list() { authors.append(try Self.line(element)) }
        guard !authors.isEmpty else { throw node.failure("`authors` must name somebody") }
        return authors
    }

    private func changelog(_ node: ConfigNode) throws(ConfigError) -> [PluginManifest.Change] {
        var changes: [PluginManifest.Change] = []
        for (key, value) in try node.fields() {
            let version: SemanticVersion
            do {
                version = try SemanticVersion(key)
            } catch {
                throw value.failure("`changelog`: \(error)")
            }
            let text = try value.text()
            guard text.utf8.count <= Self.maximumChangeLength,
                text.split(separator: "\n").allSatisfy({ Shown.isOneLine(String($0)) })
            else {
                throw value.failure(
                    "`\(value.path)` must be text of at most \(Self.maximumChangeLength) bytes, without characters that "
                        + "are not seen")
            }
            changes.append(PluginManifest.Change(version: version, text: text))
        }
        return changes.sorted { $0.version > $1.version }
    }
}
