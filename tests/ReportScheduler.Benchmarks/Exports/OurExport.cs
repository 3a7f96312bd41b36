using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using ReportScheduler.Exports;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Rows;
using ReportScheduler.Splits;
using ReportScheduler.Tests;

namespace ReportScheduler.Benchmarks.Exports;

/// <summary>The whole exporter, from a reader in memory and from SQLite.</summary>
internal static class OurExport
{
    public static void Make(DbDataReader reader, string path, params ReportFormat[] formats) => Make(reader, Document(path, formats));

    /// <summary>The rows in groups of a column, with totals of two others.</summary>
    /// <param name="reader">The rows.</param>
    /// <param name="path">The file.</param>
    /// <param name="format">Its format.</param>
    /// <param name="isGrouped">Whether the groups are shown; without, the totals stand at the end alone.</param>
    public static void Make(DbDataReader reader, string path, ReportFormat format, bool isGrouped)
    {
        var document = Document(path, [format]);
        document.Task.Datasets[0].GroupBy = isGrouped ? ["region"] : [];
        document.Task.Datasets[0].Columns = [new ReportColumn { Name = "quantity", Total = ColumnTotal.Sum },
            new ReportColumn { Name = "price", Total = ColumnTotal.Sum }];
        Make(reader, document);
    }

    private static void Make(DbDataReader reader, ReportDocument document)
    {
        using var export = new ReportExport(document);
        using (reader)
        {
            export.Add("Sales", new ReaderRows(reader), _ => { }, CancellationToken.None);
        }

        export.Complete();
    }

    /// <summary>Makes a report of its own of each region, in a folder beside the path, which stays as that of a run does.</summary>
    public static void Split(DbDataReader reader, string path)
    {
        var document = Document(path, [ReportFormat.Excel]);
        (document.Task.SplitBy, document.Task.MaxSplits) = ("region", 10_000);
        document = document with { Folder = Directory.CreateDirectory($"{path}.{Environment.ProcessId}").FullName };
        using var export = new SplitExport(document, new ReportRun { DueAt = document.DueAt }, new SplitRequest(null, [], null));
        using (reader)
        {
            export.Add("Sales", new ReaderRows(reader), _ => { }, CancellationToken.None);
        }

        Console.Error.WriteLine($"{export.Complete().Files.Count} workbooks");
    }

    /// <summary>Cancels an export from another thread when it is under way.</summary>
    /// <param name="rows">How many rows the source would have.</param>
    /// <param name="folder">An empty folder.</param>
    /// <param name="formats">The files to make.</param>
    /// <returns>Seconds from the request to the end of everything, and how many files are left.</returns>
    public static (double Seconds, int Files) Cancel(int rows, string folder, params ReportFormat[] formats)
    {
        using var cancellation = new CancellationTokenSource();
        var asked = 0L;
        var timer = new Thread(() =>
        {
            Thread.Sleep(2000);
            Interlocked.Exchange(ref asked, Stopwatch.GetTimestamp());
            cancellation.Cancel();
        });
        timer.Start();
        try
        {
            using var export = new ReportExport(Document(Path.Combine(folder, "cancelled.xlsx"), formats));
            export.Add("Sales", new ReaderRows(new SampleReader(rows)), _ => { }, cancellation.Token);
            export.Complete(cancellation.Token);
            throw new InvalidOperationException("The export ended before it was cancelled; give more rows.");
        }
        catch (OperationCanceledException)
        {
            return (Stopwatch.GetElapsedTime(asked).TotalSeconds, Directory.GetFiles(folder).Length);
        }
        finally
        {
            timer.Join();
        }
    }

    public static void FromSqlite(string path, Action<DbDataReader> use)
    {
        using var connection = new SqliteConnection($"Data Source={Database(path)}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "select * from sales";
        using var reader = command.ExecuteReader();
        use(reader);
    }

    /// <summary>Reads all rows as the exporter does, and does nothing with them.</summary>
    public static void Read(DbDataReader reader)
    {
        var rows = new RowReader(reader, TimeZoneInfo.Utc);
        var batch = new RowBatch(rows.Columns.Count);
        while (rows.Read(batch, CancellationToken.None))
        {
        }
    }

    /// <summary>Makes the database of <see cref="FromSqlite"/>.</summary>
    public static void FillSqlite(int rows, string path)
    {
        using var connection = new SqliteConnection($"Data Source={Database(path)};Pooling=False");
        connection.Open();
        using var transaction = connection.BeginTransaction();
        using var create = connection.CreateCommand();
        using var reader = new SampleReader(rows);
        create.CommandText = "create table sales (id integer, order_no text, customer text, region text, product text, quantity integer, "
            + "price real, share real, ordered_at datetime, paid boolean)";
        create.ExecuteNonQuery();
        using var insert = connection.CreateCommand();
        insert.CommandText = "insert into sales values ("
            + string.Join(',', Enumerable.Range(0, reader.FieldCount).Select(column => $"$p{column}")) + ")";
        for (var column = 0; column < reader.FieldCount; column++)
        {
            insert.Parameters.AddWithValue($"$p{column}", null);
        }

        while (reader.Read())
        {
            for (var column = 0; column < reader.FieldCount; column++)
            {
                insert.Parameters[column].Value = reader.GetValue(column);
            }

            insert.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    private static string Database(string path) => Path.Combine(Path.GetDirectoryName(path)!, "sales.db");

    private static ReportDocument Document(string path, ReportFormat[] formats) => new()
    {
        Task = new ReportTask { Name = "Sales", Query = "select 1", Format = formats },
        DueAt = new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero),
        DataAt = new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero),
        Culture = CultureInfo.InvariantCulture,
        Folder = Path.GetDirectoryName(path)!,
        FileName = format => formats.Length == 1 ? Path.GetFileName(path) : $"{Path.GetFileName(path)}.{format}",
        Warn = Console.Error.WriteLine,
    };
}
