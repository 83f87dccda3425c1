import LuaSyntax

// Short ways to write entries down, so that the lists read like tables.

extension LanguageEntry {
    static func verb(
        _ receiver: ValueKind, _ name: String, _ parameters: Parameter..., options: [Option] = [],
        details: [Detail] = [], result: VerbResult, gives: String, interval: String? = nil, formula: Formula? = nil,
        example: Example? = nil, showsRows: Bool = false
    ) -> LanguageEntry {
        LanguageEntry(
            receiver: receiver, name: name, form: .verb, parameters: parameters, options: options, details: details,
            result: result, gives: gives, interval: interval, formula: formula, example: example, showsRows: showsRows)
    }

    static func field(
        _ receiver: ValueKind, _ name: String, _ kind: ValueKind, gives: String, example: Example? = nil
    ) -> LanguageEntry {
        LanguageEntry(
            receiver: receiver, name: name, form: .field, result: .value(kind), gives: gives, example: example)
    }

    static func operation(
        _ receiver: ValueKind, _ written: String, signs: [String], result: ValueKind, gives: String,
        interval: String? = nil, example: Example? = nil
    ) -> LanguageEntry {
        LanguageEntry(
            receiver: receiver, name: written, form: .operation(signs: signs), result: .value(result), gives: gives,
            interval: interval, example: example)
    }

    static func function(
        _ name: String, _ parameters: Parameter..., options: [Option] = [], details: [Detail] = [], result: ValueKind,
        gives: String, interval: String? = nil, formula: Formula? = nil, example: Example? = nil
    ) -> LanguageEntry {
        LanguageEntry(
            receiver: nil, name: name, form: .function, parameters: parameters, options: options, details: details,
            result: .value(result), gives: gives, interval: interval, formula: formula, example: example)
    }
}

extension LanguageEntry.Parameter {
    static func needed(_ name: String, _ type: String) -> Self { Self(name: name, type: type, isOptional: false) }
    static func optional(_ name: String, _ type: String) -> Self { Self(name: name, type: type, isOptional: true) }
}

extension LanguageEntry.Option {
    static func option(_ name: String, _ type: String, _ about: String, standard: String) -> Self {
        Self(name: name, type: type, about: about, standard: standard)
    }
}

extension LanguageEntry.Detail {
    static func detail(_ name: String, _ type: String, _ about: String) -> Self {
        Self(name: name, type: type, about: about, showsRows: false)
    }

    /// A list with an element for each row.
    static func perRow(_ name: String, _ about: String) -> Self {
        Self(name: name, type: "number[]", about: about, showsRows: true)
    }
}

extension LanguageEntry.Formula {
    static func formula(_ text: String, _ source: String? = nil) -> Self { Self(text: text, source: source) }
}

extension LanguageEntry.Example {
    static func example(_ code: String, _ answer: String? = nil) -> Self { Self(code: code, answer: answer) }
}
