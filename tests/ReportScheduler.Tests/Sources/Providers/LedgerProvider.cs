using System.Data.Common;
using Microsoft.Data.Sqlite;
using ReportScheduler.Rows;
using ReportScheduler.Sources.Providers;
using ReportScheduler.Sources.Providers.Sqlite;
using ReportScheduler.Sources.Sql;

namespace ReportScheduler.Tests.Sources.Providers;

/// <summary>A database that nobody has, which is reached through a client that there
/// is. All of it that the module knows is this file.</summary>
internal sealed class LedgerProvider : DatabaseProvider
{
    public override string Name => "Ledger";

    public override IReadOnlyList<string> Aliases => ["Bookkeeping"];

    public override IReadOnlyList<string> Schemes => ["ledger"];

    public override UrlOptions UrlOptions { get; } = new()
    {
        Keys = UrlOptions.Named(("patience", "Default Timeout")),
        Refused = UrlOptions.Named(("year", "it in the query")),
    };

    public override string? FileSetting => "Data Source";

    public override string? UserKey => null;

    public override SqlLexer Lexer { get; } = new SqliteLexer();

    protected override DbProviderFactory Client => SqliteFactory.Instance;

    public override bool Takes(string key, string value) => key == "Book";

    public override IEnumerable<(string Key, string Value)> Place(ConnectionUrl url) => [("Data Source", $"{url.Host}/{url.Database}")];

    public override (string Server, string? Database) Describe(DbConnectionStringBuilder settings) =>
        ("ledger", Path.GetFileName(Text(settings, "Data Source")));

    public override void Verify(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            "CREATE TEMP TABLE entries AS SELECT 'a' AS account, 1250 AS pence, '2026-03-01' AS day UNION ALL SELECT 'b', 99, '2026-03-02'";
        command.ExecuteNonQuery();
    }

    public override object? Value(ReportParameter parameter) =>
        parameter.Value is DateOnly day ? $"{day:yyyy-MM-dd}" : base.Value(parameter);

    /// <summary>Amounts are kept in pence.</summary>
    public override PreciseValue Exact(DbDataReader reader, int column) => reader.GetName(column) == "pence"
        ? new(typeof(decimal), (rows, at) => rows.GetInt64(at) / 100m, "money")
        : base.Exact(reader, column);

    public override DatabaseFault QueryFault(Exception problem) =>
        problem.Message.Contains("no such table", StringComparison.Ordinal) ? DatabaseFault.Denied : base.QueryFault(problem);
}
