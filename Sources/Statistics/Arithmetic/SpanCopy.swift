extension Span<Double> {
    /// The values as an array of their own, for what outlives the column or needs them in another order.
    var array: [Double] {
        Array(capacity: count) { output in
            for index in indices { output.append(self[index]) }
        }
    }
}
