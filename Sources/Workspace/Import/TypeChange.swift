import MeasureModel

/// A column that holds other things than it did in earlier loads: no measure could read both.
struct TypeChange {
    let column: String
    /// What it is now, and what it was.
    let now: String
    let before: String
    /// The load that has it otherwise.
    let load: String

    /// The first column of these files that earlier loads have as something else.
    static func first(_ files: [LoadFile], after loads: [LoadRecord]) -> TypeChange? {
        var known: [String: (type: String, load: String)] = [:]
        for load in loads {
            for column in filled(load.files) where known[column.name] == nil {
                known[column.name] = (column.type, load.name)
            }
        }
        for column in filled(files) {
            guard let (before, load) = known[column.name], family(column.type) != family(before) else { continue }
            return TypeChange(column: column.name, now: column.type, before: before, load: load)
        }
        return nil
    }

    /// Columns with values. One that is blank in a whole file says nothing about its type.
    private static func filled(_ files: [LoadFile]) -> [LoadColumn] {
        files.flatMap { file in
            file.columns.filter { $0.missing < file.rowCount && !$0.name.hasSuffix(HostColumns.missingSuffix) }
        }
    }

    /// Types that measures read alike: whole numbers and others, days and times.
    private static func family(_ type: String) -> String {
        switch type {
        case "integer", "number": "number"
        case "date", "timestamp": "time"
        default: type
        }
    }

    /// The error of a file with such a column.
    func error(_ file: SourceFile) -> WorkspaceError {
        WorkspaceError(
            .badInput,
            "The column `\(column)` is \(now) in \(file.name), but \(before) in the load `\(load)`: no measure could read "
                + "both. Nothing was imported. Say in the codebook what it is (`\(column): { type: \(before) }`), so that "
                + "rows with anything else are rejected, or give the codes for missing values under `missing`; if "
                + "\(now) is right, say that and import `\(load)` again.", file: file.path, line: 1)
    }
}
