namespace ReportScheduler.Sources.Sql;

/// <summary>A query text as its database reads it. Nothing is changed: the text reaches the server as it is.</summary>
/// <param name="batches">What goes to the server, one after the other.</param>
/// <param name="isTransactionNeeded">Whether the batches are one for the server only within a transaction.</param>
internal sealed class SqlText(IReadOnlyList<SqlBatch> batches, bool isTransactionNeeded = false)
{
    /// <summary>What goes to the server, one after the other.</summary>
    public IReadOnlyList<SqlBatch> Batches => batches;

    /// <summary>Whether the batches are one for the server only within a transaction.</summary>
    public bool IsTransactionNeeded => isTransactionNeeded;

    /// <summary>The parameters that the text does not declare itself, in the order they stand.</summary>
    public IEnumerable<string> Needed => Batches.SelectMany(batch => batch.Needed).Distinct(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="ReportException">The text has a NUL, at which some servers end it,
    /// and the client of SQLite does not come to an end.</exception>
    public static void CheckNul(string dataset, string sql)
    {
        if (sql.IndexOf('\0', StringComparison.Ordinal) is var place and >= 0)
        {
            throw SqlErrors.QueryHasNul(dataset, place);
        }
    }

    /// <summary>Whether the text mentions the parameter.</summary>
    public bool Mentions(string name) => Batches.Any(batch => batch.Spellings(name).Any());
}
