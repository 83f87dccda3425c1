import Configuration
import MeasureModel
import TabularIO

/// Reads a codebook.
struct CodebookReader {
    static func read(_ text: String, file: String) throws(ConfigError) -> Codebook {
        let root = try ConfigNode.parse(text, file: file)
        let fields = try root.fields(known: ["items", "columns", "scales", "missing", "sources", "networks", "labels"])
        var codebook = Codebook()
        for section in ["items", "columns"] {
            for (name, value) in try fields[section]?.fields() ?? [] {
                guard codebook.columns[name] == nil else { throw value.failure("the column `\(name)` comes twice") }
                codebook.columns[name] = try column(value)
            }
        }
        if let scales = fields["scales"] { codebook.scales = try self.scales(scales) }
        if let missing = fields["missing"] { codebook.missing = try missingCodes(missing) }
        for (name, value) in try fields["sources"]?.fields() ?? [] {
            codebook.sources.append(try source(name, value))
        }
        codebook.sources.sort { $0.name < $1.name }
        for (name, value) in try fields["networks"]?.fields() ?? [] { codebook.networks[name] = try maps(value) }
        for (dimension, value) in try fields["labels"]?.fields() ?? [] {
            codebook.labels[dimension] = try textMap(value)
        }
        return codebook
    }

    private static func column(_ node: ConfigNode) throws(ConfigError) -> CodebookColumn {
        let fields = try node.fields(known: [
            "label", "type", "range", "reverse", "values", "missing", "asked", "dates", "time_zone",
        ])
        var column = CodebookColumn()
        column.label = try fields["label"]?.text()
        column.type = try fields["type"]?.choice(CellType.self)
        if let range = fields["range"] {
            let ends = try range.list()
            guard ends.count == 2 else { throw range.failure("`range` is the scale's ends, such as [1, 6]") }
            let (low, high) = (try ends[0].number(), try ends[1].number())
            guard low < high else { throw range.failure("`range` runs from the lowest to the highest answer") }
            (column.low, column.high) = (low, high)
        }
        column.isReversed = try fields["reverse"]?.truth() ?? false
        if column.isReversed, column.low == nil { throw node.failure("a reversed item needs its `range`") }
        if let values = fields["values"] { column.values = try textMap(values) }
        if let missing = fields["missing"] { column.missing = try missingCodes(missing) }
        for (name, value) in try fields["asked"]?.fields() ?? [] { column.asked[name] = try value.texts() }
        column.dates = try fields["dates"].map(SourceFormatReader.dates)
        column.timeZone = try fields["time_zone"]?.timeZone()
        return column
    }

    private static func scales(_ node: ConfigNode) throws(ConfigError) -> [ScaleDescription] {
        var scales: [ScaleDescription] = []
        for (name, value) in try node.fields() {
            let items: [String]
            if value.isList {
                items = try value.texts()
            } else {
                let fields = try value.fields(known: ["items", "label"])
                guard let list = fields["items"] else { throw value.failure("the scale `\(name)` needs `items`") }
                items = try list.texts()
            }
            scales.append(ScaleDescription(name: name, items: items))
        }
        return scales.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    private static func missingCodes(_ node: ConfigNode) throws(ConfigError) -> MissingCodes {
        var codes = MissingCodes()
        let fields = try node.fields(known: MissingCodes.kinds)
        for kind in MissingCodes.kinds {
            for code in try fields[kind]?.texts() ?? [] {
                if let other = codes.kinds[code] {
                    throw node.failure(
                        other == kind
                            ? "the code `\(code)` comes twice"
                            : "the code `\(code)` stands for two kinds of missing, \(other) and \(kind)")
                }
                codes.kinds[code] = kind
            }
        }
        return codes
    }

    private static func source(_ name: String, _ node: ConfigNode) throws(ConfigError) -> CodebookSource {
        let own = ["network", "columns", "values", "networks", "drop", "pivot"]
        let fields = try node.fields(known: own + SourceFormatReader.keys)
        var source = CodebookSource(name: name)
        source.network = try fields["network"]?.text()
        source.maps = try maps(fields)
        for (network, value) in try fields["networks"]?.fields() ?? [] { source.networks[network] = try maps(value) }
        source.dropped = try fields["drop"]?.texts() ?? []
        try SourceFormatReader.read(fields, into: &source)
        if let pivot = fields["pivot"] {
            let parts = try pivot.fields(known: ["rows", "item", "value"])
            guard let rows = parts["rows"], let item = parts["item"], let value = parts["value"] else {
                throw pivot.failure("`pivot` is written { rows: [respondent], item: question, value: answer }")
            }
            source.pivot = CellPivot(rows: try rows.texts(), item: try item.text(), value: try value.text())
        }
        return source
    }

    private static func maps(_ node: ConfigNode) throws(ConfigError) -> CodebookMaps {
        try maps(try node.fields(known: ["columns", "values"]))
    }

    private static func maps(_ fields: [String: ConfigNode]) throws(ConfigError) -> CodebookMaps {
        var maps = CodebookMaps()
        if let columns = fields["columns"] { maps.columns = try textMap(columns) }
        for (column, value) in try fields["values"]?.fields() ?? [] { maps.values[column] = try textMap(value) }
        return maps
    }

    private static func textMap(_ node: ConfigNode) throws(ConfigError) -> [String: String] {
        var map: [String: String] = [:]
        for (name, value) in try node.fields() { map[name] = try value.text() }
        return map
    }
}
