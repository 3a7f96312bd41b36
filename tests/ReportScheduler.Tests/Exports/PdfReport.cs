using System.Diagnostics;
using System.Globalization;
using ReportScheduler.Exports.Fonts;
using ReportScheduler.Exports.Layout;
using ReportScheduler.Exports.Pdf;
using ReportScheduler.Exports.Themes;
using ReportScheduler.Rows;
using UglyToad.PdfPig;
using UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor;

namespace ReportScheduler.Tests.Exports;

/// <summary>A PDF made by the real writer in a folder of its own, and what other programs read in it.</summary>
internal sealed class PdfReport : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("pdf-");

    public ReportTask Task { get; } = new() { Name = "Sales" };

    public CultureInfo Culture { get; init; } = CultureInfo.InvariantCulture;

    public SystemFonts Fonts { get; init; } = SystemFonts.Default;

    public Theme Theme { get; set; } = Theme.Standard;

    public IReadOnlyList<ShownParameter> Parameters { get; init; } = [];

    public List<string> Warnings { get; } = [];

    public string Folder => folder.FullName;

    public string Path => System.IO.Path.Combine(Folder, "sales.pdf");

    public PdfWriter Writer() => new(
        new ReportDocument
        {
            Task = Task,
            DueAt = new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.FromHours(1)),
            DataAt = new DateTimeOffset(2026, 11, 24, 9, 0, 5, TimeSpan.FromHours(1)),
            Culture = Culture,
            Theme = Theme,
            Parameters = Parameters,
            Folder = Folder,
            FileName = _ => "sales.pdf",
            Warn = Warnings.Add,
        },
        Fonts);

    public PdfReport Write(string[] columns, params object?[][] rows) => Write(("Sales", columns, rows));

    public PdfReport Write(params (string Name, string[] Columns, IEnumerable<object?[]> Rows)[] datasets)
    {
        using var writer = Writer();
        foreach (var (name, columns, rows) in datasets)
        {
            writer.Begin(name, [.. columns.Select((column, index) => new SourceColumn(index, column, column, ColumnKind.Text))]);
            foreach (var chunk in rows.Chunk(RowBatch.DefaultCapacity))
            {
                writer.Write(Batch(columns.Length, chunk));
            }

            writer.End(CancellationToken.None);
        }

        Assert.Equal([Path], writer.Complete(CancellationToken.None));
        return this;
    }

    public PdfDocument Open() => PdfDocument.Open(Path);

    /// <summary>The text of each page as PdfPig reads it.</summary>
    public string[] Pages()
    {
        using var pdf = Open();
        return [.. pdf.GetPages().Select(page => ContentOrderTextExtractor.GetText(page))];
    }

    /// <summary>The text as pdftotext reads it, with the places of the words kept.</summary>
    public string Text() => Run("pdftotext", "-layout", Path, "-");

    /// <summary>What a program of poppler or qpdf prints; the test is skipped where it is not installed.</summary>
    public static string Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, output + error.Result);
            return output;
        }
        catch (System.ComponentModel.Win32Exception) when (Environment.GetEnvironmentVariable("CI") != "true")
        {
            Assert.Skip($"{program} is not here: install poppler-utils and qpdf");
            throw;
        }
    }

    public static RowBatch Batch(int columns, IReadOnlyList<object?[]> rows)
    {
        var batch = new RowBatch(columns, Math.Max(1, rows.Count)) { Count = rows.Count };
        for (var row = 0; row < rows.Count; row++)
        {
            var cells = batch.Fill(row);
            for (var column = 0; column < columns; column++)
            {
                Set(ref cells[column], rows[row][column]);
            }
        }

        return batch;
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static void Set(ref Cell cell, object? value)
    {
        switch (value)
        {
            case null: cell.SetNull(); break;
            case string text: cell.SetText(text); break;
            case int number: cell.SetInteger(number); break;
            case long number: cell.SetInteger(number); break;
            case decimal number: cell.SetDecimal(number); break;
            case double number: cell.SetDouble(number); break;
            case bool flag: cell.SetBoolean(flag); break;
            case DateTime time: cell.SetDateTime(time); break;
            case DateOnly day: cell.SetDate(day.ToDateTime(default)); break;
            default: throw new ArgumentException($"{value.GetType()} has no cell");
        }
    }
}
