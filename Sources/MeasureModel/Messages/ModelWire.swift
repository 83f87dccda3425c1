public import CivilCalendar

// Byte forms of the model's own types.

extension PeriodKind: WireCodable {}
extension Status: WireCodable {}
extension ObservationFlag: WireCodable {}
extension Counted: WireCodable {}
extension Failure.Code: WireCodable {}
extension MeasureDefinition.Domain: WireCodable {}
extension MeasureDefinition.Kind: WireCodable {}
extension MeasureDefinition.Direction: WireCodable {}
extension MeasureDefinition.Form: WireCodable {}

extension Int64: WireCodable {
    /// Reads a number.
    public init(from reader: inout WireReader) throws(WireError) {
        self.init(try reader.take(Int.self))
    }

    /// Writes the number.
    public func write(to writer: inout WireWriter) {
        writer.put(Int(self))
    }
}

extension CivilDate: WireCodable {
    /// Reads a day.
    public init(from reader: inout WireReader) throws(WireError) {
        guard let day = Int32(exactly: try reader.take(Int.self)) else { throw WireError(expected: "a date") }
        self.init(day: day)
    }

    /// Writes the day.
    public func write(to writer: inout WireWriter) {
        writer.put(Int(day))
    }
}

extension Period.Days: WireRecord {
    /// See ``WireRecord``.
    public static let wireForm = WireForm(Period.Days.init, \.start, \.end, \.startInstant, \.endInstant)
}

extension Period: WireRecord {
    /// See ``WireRecord``.
    public static let wireForm = WireForm(Period.init, \.kind, \.label, \.days)
}

extension GroupKey.Part: WireRecord {
    /// See ``WireRecord``.
    public static let wireForm = WireForm({ GroupKey.Part($0, $1) }, \.dimension, \.value)
}

extension GroupKey: WireRecord {
    /// See ``WireRecord``.
    public static let wireForm = WireForm({ GroupKey($0) }, \.parts)
}

extension Estimate: WireRecord {
    /// See ``WireRecord``.
    public static let wireForm = WireForm(
        Estimate.init, \.value, \.n, \.counted, \.numerator, \.denominator, \.low, \.high, \.level, \.method, \.persons,
        \.classes,
        \.flags)
}

extension Failure: WireRecord {
    /// See ``WireRecord``.
    public static let wireForm = WireForm(
        Failure.init, \.code, \.message, \.file, \.line, \.traceback, \.group, \.period)
}

extension ParameterValue: WireRecord {
    /// See ``WireRecord``.
    public static let wireForm = WireForm(ParameterValue.init, \.name, \.value)
}

extension MeasureDefinition.Parameter: WireRecord {
    /// See ``WireRecord``.
    public static let wireForm = WireForm(
        MeasureDefinition.Parameter.init, \.name, \.standard, \.minimum, \.maximum, \.about)
}

extension MeasureDefinition.Preset: WireRecord {
    /// See ``WireRecord``.
    public static let wireForm = WireForm(MeasureDefinition.Preset.init, \.name, \.values)
}

extension MeasureDefinition.Chart: WireRecord {
    /// See ``WireRecord``.
    public static let wireForm = WireForm(MeasureDefinition.Chart.init, \.kind, \.rules, \.baseline)
}

extension MeasureDefinition.Line: WireRecord {
    /// See ``WireRecord``.
    public static let wireForm = WireForm(MeasureDefinition.Line.init, \.field, \.line)
}

extension MeasureDefinition: WireRecord {
    /// See ``WireRecord``.
    public static let wireForm = WireForm(
        MeasureDefinition.init(wire:_:_:_:_:_:_:_:_:_:_:_:_:_:_:_:_:_:_:_:), \.id, \.version, \.title, \.question,
        \.domain, \.type, \.direction, \.unit, \.source, \.from,
        \.with, \.columns, \.by, \.every, \.params, \.presets, \.chart, \.form, \.tests, \.lineList)

    /// One entry of ``lines``.
    struct Line {
        var field: String
        var line: Int
    }

    private init(
        wire id: String, _ version: String, _ title: String, _ question: String?, _ domain: Domain, _ type: Kind,
        _ direction: Direction?, _ unit: String, _ source: String?, _ from: String, _ with: [String],
        _ columns: [String]?, _ by: [[String]], _ every: PeriodKind, _ params: [Parameter], _ presets: [Preset],
        _ chart: Chart?, _ form: Form, _ tests: [String], _ lines: [Line]
    ) {
        self.init(
            id: id, version: version, title: title, question: question, domain: domain, type: type,
            direction: direction, unit: unit, source: source, from: from, with: with, columns: columns, by: by,
            every: every, params: params, presets: presets, chart: chart, form: form, tests: tests,
            lines: Dictionary(lines.map { ($0.field, $0.line) }) { $1 })
    }

    private var lineList: [Line] {
        lines.sorted { $0.key < $1.key }.map { Line(field: $0.key, line: $0.value) }
    }
}
