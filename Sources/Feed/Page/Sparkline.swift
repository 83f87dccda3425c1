import MeasureModel

/// A small line through a series: the interval as a band, hidden and missing periods as gaps with a hollow mark.
struct Sparkline {
    private let points: [Observation]
    private let format: NumberFormat
    private let title: String
    private let width = 180.0
    private let height = 36.0

    init(_ points: [Observation], format: NumberFormat, title: String) {
        self.points = points
        self.format = format
        self.title = title
    }

    func svg() -> String {
        let values = points.flatMap {
            [$0.value, $0.low, $0.high, $0.chart?.center, $0.chart?.lower, $0.chart?.upper]
        }.compactMap(\.self)
        guard let low = values.min(), let high = values.max() else { return "" }
        let margin = high > low ? (high - low) * 0.08 : max(abs(high) * 0.1, 0.5)
        let scale = Scale(low: low - margin, high: high + margin, width: width, height: height, count: points.count)
        var marks = ""
        for run in runs() {
            if run.count > 1 { marks += band(run, scale) + path(run, scale) }
        }
        let lines = ChartLines(points)
        for line in lines.all {
            let places = line.points.map { (scale.x($0.index), scale.y($0.value)) }
            marks += "<path class=\"\(line.name)\" d=\"\(Self.line(places))\"/>"
        }
        for (index, point) in points.enumerated() {
            let x = Self.number(scale.x(index))
            if let value = point.value, point.chart?.signals.isEmpty == false {
                marks += diamond(scale.x(index), scale.y(value))
            } else if let value = point.value {
                let radius = index == points.count - 1 ? "2.8" : "1.8"
                marks += "<circle class=\"point\" cx=\"\(x)\" cy=\"\(Self.number(scale.y(value)))\" r=\"\(radius)\"/>"
            } else {
                marks +=
                    "<rect class=\"gap\" x=\"\(Self.number(scale.x(index) - 2))\" y=\"\(Self.number(height - 5))\" width=\"4\" height=\"4\"/>"
            }
        }
        return
            "<svg role=\"img\" width=\"\(Int(width))\" height=\"\(Int(height))\" viewBox=\"0 0 \(Int(width)) \(Int(height))\">"
            + "<title>\(Self.escaped(title))</title><desc>\(Self.escaped(description))</desc>\(marks)</svg>"
    }

    private struct Scale {
        var low, high, width, height: Double
        var count: Int

        func x(_ index: Int) -> Double {
            count > 1 ? 4 + Double(index) * (width - 8) / Double(count - 1) : width / 2
        }

        func y(_ value: Double) -> Double {
            height - 3 - (value - low) / (high - low) * (height - 6)
        }
    }

    /// Stretches of periods that all have values.
    private func runs() -> [[Int]] {
        var runs: [[Int]] = [[]]
        for (index, point) in points.enumerated() {
            if point.value == nil { runs.append([]) } else { runs[runs.count - 1].append(index) }
        }
        return runs
    }

    private func path(_ run: [Int], _ scale: Scale) -> String {
        let places = run.compactMap { index in points[index].value.map { (scale.x(index), scale.y($0)) } }
        return "<path class=\"path\" d=\"\(Self.line(places))\"/>"
    }

    private func band(_ run: [Int], _ scale: Scale) -> String {
        let lows = run.compactMap { index in points[index].low.map { (scale.x(index), scale.y($0)) } }
        let highs = run.compactMap { index in points[index].high.map { (scale.x(index), scale.y($0)) } }
        guard lows.count == run.count, highs.count == run.count else { return "" }
        return "<path class=\"band\" d=\"\(Self.line(highs + lows.reversed()))Z\"/>"
    }

    private func diamond(_ x: Double, _ y: Double) -> String {
        let corners = [(x - 4, y), (x, y - 4), (x + 4, y), (x, y + 4)]
        return "<path class=\"signal\" d=\"\(Self.line(corners))Z\"/>"
    }

    private static func line(_ places: [(Double, Double)]) -> String {
        places.enumerated().map { index, place in
            (index == 0 ? "M" : "L") + number(place.0) + " " + number(place.1)
        }.joined()
    }

    private static func number(_ value: Double) -> String {
        JSON.text(of: (value * 10).rounded() / 10)
    }

    /// What the picture shows, in words.
    private var description: String {
        let valid = points.filter { $0.value != nil }
        guard let first = valid.first, let last = valid.last, let from = first.value, let to = last.value else {
            return "No values."
        }
        let gaps = points.count - valid.count
        let course =
            valid.count == 1
            ? "\(format.text(to)) in \(last.period.label)"
            : "From \(format.text(from)) in \(first.period.label) to \(format.text(to)) in \(last.period.label)"
        let signals = points.filter { $0.chart?.signals.isEmpty == false }.map(\.period.label)
        let center = last.chart?.center.map { "; centre line \(format.text($0))" } ?? ""
        return course + (gaps > 0 ? "; \(gaps) of \(points.count) periods hidden or without a value" : "") + center
            + (signals.isEmpty ? "" : "; signals in \(signals.joined(separator: ", "))") + "."
    }

    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}

/// The lines of a chart as stretches through points of one phase.
private struct ChartLines {
    struct Line {
        var name: String
        var points: [(index: Int, value: Double)]
    }

    let all: [Line]

    init(_ points: [Observation]) {
        let lines: [(String, (Observation.Chart) -> Double?)] = [
            ("limit", \.lower), ("limit", \.upper), ("center", \.center),
        ]
        all = lines.flatMap { name, value in Self.stretches(points, value).map { Line(name: name, points: $0) } }
    }

    private static func stretches(
        _ points: [Observation], _ value: (Observation.Chart) -> Double?
    ) -> [[(index: Int, value: Double)]] {
        var stretches: [[(index: Int, value: Double)]] = []
        var phase: Int?
        for (index, point) in points.enumerated() {
            // A hidden period has no place on the chart; its neighbours of one phase share a line all the same.
            guard let chart = point.chart, let value = value(chart) else { continue }
            if chart.phase == phase {
                stretches[stretches.count - 1].append((index, value))
            } else {
                stretches.append([(index, value)])
            }
            phase = chart.phase
        }
        return stretches.filter { $0.count > 1 }
    }
}
