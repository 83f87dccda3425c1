/// The scale on which times between events look normal: exponential times to the power of 1 / 3.6.
///
/// Source: L. S. Nelson, "A control chart for parts-per-million nonconforming items", Journal of Quality Technology 26
/// (1994).
enum TimeScale {
    /// From times to the scale of the limits.
    static func spread(_ time: Double) -> Double { Elementwise.power(time, 1 / 3.6) }

    /// Back to times; 0 for what lies below 0.
    static func time(_ spread: Double) -> Double { Elementwise.power(max(spread, 0), 3.6) }
}
