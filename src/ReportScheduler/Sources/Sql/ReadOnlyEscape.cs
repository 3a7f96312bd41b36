namespace ReportScheduler.Sources.Sql;

/// <summary>Finds what makes a session write again that was told to read only: the servers let a query do that.</summary>
internal static class ReadOnlyEscape
{
    private static readonly string[] Settings = ["default_transaction_read_only", "transaction_read_only", "tx_read_only", "query_only"];

    private static readonly (string First, string Second)[] Pairs = [("READ", "WRITE"), ("RESET", "ALL"), ("DISCARD", "ALL")];

    /// <returns>The words; null for a query without any.</returns>
    public static string? Find(SqlText text) => text.Batches.Select(batch => Find(batch.Tokens)).FirstOrDefault(found => found is not null);

    private static string? Find(IReadOnlyList<SqlToken> tokens)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            if (Array.Find(Pairs,
                pair => i + 1 < tokens.Count && tokens[i].Is(pair.First) && tokens[i + 1].Is(pair.Second)).First is not null)
            {
                return $"{tokens[i].Text} {tokens[i + 1].Text}".ToUpperInvariant();
            }

            // as a name, and as text in set_config(...) or DO
            if (Array.Find(Settings, setting => tokens[i].Text.Contains(setting, StringComparison.OrdinalIgnoreCase)) is { } found)
            {
                return found;
            }
        }

        return null;
    }
}
