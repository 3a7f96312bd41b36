using ReportScheduler.Rows;
using ReportScheduler.Tests.Sources;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Exports;

public sealed class SameCellsTests(PostgreSqlServer postgreSql, MariaDbServer mariaDb) : IDisposable
{
    private const string Rows = """
        insert into same_cells values
            (1, 'Zürich', '2026-01-31', '2026-01-31 13:45:10', 1234.25, 0.1, '007', ''),
            (2, '=1+1', '2024-02-29', '2024-02-29 00:00:00', -0.75, -2.5, '12345678901234567890', null),
            (9223372036854775807, '東京 "x", y', '1899-12-31', '1899-12-31 23:59:59', 99999999.99, 1e300, null, 'two
        lines'),
            (-5, 'not asked for', '2026-01-01', '2026-01-01 00:00:00', 0.25, 0.5, 'x', 'x');
        """;

    private const string Query = "select id, name, day, at, amount, ratio, code, note from same_cells where id > @least order by id";

    private readonly ExportFolder folder = new();

    [Fact]
    public void PostgreSql_gives_the_cells_of_SQLite()
    {
        postgreSql.Execute("create table if not exists same_cells(id bigint, name text, day date, at timestamp, amount numeric(10,2), "
            + "ratio double precision, code varchar(40), note text)");
        postgreSql.Execute("truncate same_cells");
        postgreSql.Execute(Rows);
        Assert.Equal(Sqlite(), Files(ReportProvider.PostgreSql, postgreSql.ConnectionString));
    }

    [Fact]
    public void MariaDb_gives_the_cells_of_SQLite()
    {
        var connection = mariaDb.For("same_cells");
        mariaDb.Execute("create database if not exists same_cells character set utf8mb4");
        mariaDb.Execute("create or replace table same_cells.same_cells(id bigint, name text, day date, at datetime, amount "
            + "decimal(10,2), ratio double, code varchar(40), note text) character set utf8mb4");
        mariaDb.Execute(Rows.Replace("into same_cells", "into same_cells.same_cells", StringComparison.Ordinal));
        Assert.Equal(Sqlite(), Files(ReportProvider.MySql, connection));
    }

    public void Dispose() => folder.Dispose();

    private string[] Sqlite()
    {
        var file = $"Data Source={Path.Combine(folder.Path, "same.db")};Pooling=False";
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection(file))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "create table same_cells(id bigint, name text, day date, at datetime, amount numeric(10,2), ratio "
                + "double, code text, note text);" + Rows;
            command.ExecuteNonQuery();
        }

        var files = Files(ReportProvider.Sqlite, file);
        Assert.StartsWith("id,name,day,at,amount,ratio,code,note\r\n1,Zürich,2026-01-31,2026-01-31 13:45:10,1234.25,0.1,007,\"\"\r\n",
            files[0]);
        return files;
    }

    private string[] Files(string provider, string connection)
    {
        using var database = Databases.Open(provider, connection);
        using var reader = database.Execute(Query, [new ReportParameter("least", 0)], Databases.Limit, CancellationToken.None);
        var result = folder.Export(ExportFolder.Task(ReportFormat.Csv, ReportFormat.Json, ReportFormat.Html), ("Sales", reader));
        return [.. result.Files.Select(File.ReadAllText), .. result.Datasets[0].Columns.Select(column => $"{column.Name} {column.Kind}")];
    }
}
