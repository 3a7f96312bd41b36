namespace ReportScheduler.Benchmarks.Exports;

/// <summary>A row of the sample, for the peer that takes objects.</summary>
internal sealed record Sale(long Id, string OrderNo, string Customer, string Region, string Product, int Quantity, decimal Price,
    double Share, DateTime OrderedAt, bool Paid)
{
    /// <summary>The rows of a reader, one at a time.</summary>
    public static IEnumerable<Sale> Of(SampleReader reader)
    {
        while (reader.Read())
        {
            yield return new Sale(
                reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4),
                reader.GetInt32(5), reader.GetDecimal(6), reader.GetDouble(7), reader.GetDateTime(8), reader.GetBoolean(9));
        }
    }
}
