using System.Data.Common;
using System.Globalization;
using System.IO.Compression;
using ClosedXML.Excel;
using Microsoft.Data.Sqlite;
using MiniExcelLibs;
using OfficeOpenXml;
using ReportScheduler.Exports;
using ReportScheduler.Tasks;

namespace ReportScheduler.Benchmarks.Exports;

/// <summary>The ways to make a file that are measured, each in a process of its own.</summary>
internal static class Peers
{
    public static readonly Dictionary<string, Action<int, string>> All = new()
    {
        ["ReportScheduler"] = (rows, path) => Ours(new SampleReader(rows), path, ReportFormat.Excel),
        ["MiniExcel"] = (rows, path) => MiniExcel.SaveAs(path, new SampleReader(rows)),
        ["EPPlus"] = EpPlus,
        ["ClosedXML"] = Closed,
        ["deflate"] = Deflate,
        ["pdf"] = (rows, path) => Ours(new SampleReader(rows), path, ReportFormat.Pdf),
        ["csv"] = (rows, path) => Ours(new SampleReader(rows), path, ReportFormat.Csv),
        ["html"] = (rows, path) => Ours(new SampleReader(rows), path, ReportFormat.Html),
        ["json"] = (rows, path) => Ours(new SampleReader(rows), path, ReportFormat.Json),
        ["all formats"] = (rows, path) => Ours(new SampleReader(rows), path, Enum.GetValues<ReportFormat>()),
        ["SQLite, read"] = (rows, path) => Sqlite(path, reader => Read(reader)),
        ["SQLite, ReportScheduler"] = (rows, path) => Sqlite(path, reader => Ours(reader, path, ReportFormat.Excel)),
    };

    /// <summary>The database of the SQLite measurements.</summary>
    public static void FillSqlite(int rows, string path)
    {
        using var connection = new SqliteConnection($"Data Source={path}");
        connection.Open();
        using var transaction = connection.BeginTransaction();
        using var create = connection.CreateCommand();
        using var reader = new SampleReader(rows);
        create.CommandText = "create table sales (id integer, order_no text, customer text, region text, product text, quantity integer, price real, share real, ordered_at datetime, paid boolean)";
        create.ExecuteNonQuery();
        using var insert = connection.CreateCommand();
        insert.CommandText = "insert into sales values (" + string.Join(',', Enumerable.Range(0, reader.FieldCount).Select(column => $"$p{column}")) + ")";
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

    private static void Ours(DbDataReader reader, string path, params ReportFormat[] formats)
    {
        var document = new ReportDocument
        {
            Task = new ReportTask { Name = "Sales", Query = "select 1", Format = formats },
            DueAt = new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero),
            DataAt = new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero),
            Culture = CultureInfo.InvariantCulture,
            Folder = Path.GetDirectoryName(path)!,
            FileName = format => formats.Length == 1 ? Path.GetFileName(path) : $"{Path.GetFileName(path)}.{format}",
            Warn = Console.Error.WriteLine,
        };
        using var export = new ReportExport(document);
        using (reader)
        {
            export.Add("Sales", reader, _ => { }, CancellationToken.None);
        }
        export.Complete();
    }

    private static void EpPlus(int rows, string path)
    {
        using var package = new ExcelPackage(new FileInfo(path));
        var sheet = package.Workbook.Worksheets.Add("Sales");
        sheet.Cells["A1"].LoadFromDataReader(new SampleReader(rows), PrintHeaders: true, "Sales", OfficeOpenXml.Table.TableStyles.Medium2);
        sheet.Column(9).Style.Numberformat.Format = "yyyy-mm-dd hh:mm:ss";
        package.Save();
    }

    private static void Closed(int rows, string path)
    {
        using var table = new System.Data.DataTable { Locale = CultureInfo.InvariantCulture };
        table.Load(new SampleReader(rows));
        using var workbook = new XLWorkbook();
        workbook.AddWorksheet("Sales").Cell(1, 1).InsertTable(table);
        workbook.SaveAs(path);
    }

    // The floor: the sheet of the workbook beside it, deflated again with the framework's default level.
    private static void Deflate(int rows, string path)
    {
        using var zip = ZipFile.OpenRead(Path.Combine(Path.GetDirectoryName(path)!, "ReportScheduler.xlsx"));
        using var sheet = zip.Entries.MaxBy(entry => entry.Length)!.Open();
        using var file = File.Create(path);
        using var deflate = new DeflateStream(file, System.IO.Compression.CompressionLevel.Optimal);
        sheet.CopyTo(deflate);
    }

    private static void Sqlite(string path, Action<DbDataReader> use)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Path.GetDirectoryName(path)!, "sales.db")}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "select * from sales";
        using var reader = command.ExecuteReader();
        use(reader);
    }

    private static void Read(DbDataReader reader)
    {
        var rows = new RowReader(reader, TimeZoneInfo.Utc);
        var batch = new RowBatch(rows.Columns.Count);
        while (rows.Read(batch, CancellationToken.None))
        {
        }
    }
}
