namespace ReportScheduler.Sources.Sql;

/// <summary>A query text as its database reads it. Nothing is changed: the text reaches the server as it is.</summary>
internal sealed class SqlText
{
    private SqlText(ReportProvider provider, IReadOnlyList<SqlBatch> batches)
    {
        Batches = batches;
        IsTransactionNeeded = provider == ReportProvider.PostgreSql && batches.Count > 1 && !batches.Any(PostgreSqlStatements.IsTransaction);
    }

    /// <summary>What goes to the server, one after the other.</summary>
    public IReadOnlyList<SqlBatch> Batches { get; }

    /// <summary>Whether the batches are one for the server only within a transaction.</summary>
    public bool IsTransactionNeeded { get; }

    /// <summary>The parameters that the text does not declare itself, in the order they stand.</summary>
    public IEnumerable<string> Needed => Batches.SelectMany(batch => batch.Needed).Distinct(StringComparer.OrdinalIgnoreCase);

    public static SqlText Of(ReportProvider provider, string sql) => new(provider, [.. (provider switch
    {
        ReportProvider.SqlServer => SqlServerBatches.Split(sql).Select(batch => SqlServerVariables.Batch(batch.Text, batch.Times)),
        ReportProvider.PostgreSql => PostgreSqlStatements.Split(sql).Select(statement => Plain(provider, statement)),
        ReportProvider.MySql => [MySqlVariables.Batch(sql)],
        _ => [Plain(provider, sql)],
    })]);

    /// <exception cref="ReportException">The text has a NUL, at which some servers end it, and the client of SQLite does not come to an end.</exception>
    public static void CheckNul(string dataset, string sql)
    {
        if (sql.IndexOf('\0', StringComparison.Ordinal) is var place and >= 0)
        {
            throw SqlErrors.QueryHasNul(dataset, place);
        }
    }

    /// <summary>Whether the text mentions the parameter.</summary>
    public bool Mentions(string name) => Batches.Any(batch => batch.Spellings(name).Any());

    private static SqlBatch Plain(ReportProvider provider, string sql)
    {
        var tokens = SqlLexer.Of(provider).Read(sql);
        return new SqlBatch(sql, 1, tokens, [.. tokens.Where(token => token.IsVariable)])
        {
            Needed = tokens.Where(token => token.Kind == SqlTokenKind.Variable).Select(token => token.Text).ToHashSet(StringComparer.OrdinalIgnoreCase),
        };
    }
}
