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
        let values = points.flatMap { [$0.value, $0.low, $0.high] }.compactMap(\.self)
        guard let low = values.min(), let high = values.max() else { return "" }
        let margin = high > low ? (high - low) * 0.08 : max(abs(high) * 0.1, 0.5)
        let scale = Scale(low: low - margin, high: high + margin, width: width, height: height, count: points.count)
        var marks = ""
        for run in runs() {
            if run.count > 1 { marks += band(run, scale) + path(run, scale) }
        }
        for (index, point) in points.enumerated() {
            let x = Self.number(scale.x(index))
            if let value = point.value {
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
        return course + (gaps > 0 ? "; \(gaps) of \(points.count) periods hidden or without a value." : ".")
    }

    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}
