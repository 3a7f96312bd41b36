using System.Globalization;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Fonts.Standard14Fonts;
using UglyToad.PdfPig.Writer;

namespace ReportScheduler.Benchmarks.Exports;

/// <summary>The sample as a plain table with PdfPig: a font that every reader has, so that none is embedded, and no lines.</summary>
internal static class PdfPigPeer
{
    private const double Size = 8;
    private const double RowHeight = 12;
    private const double Margin = 36;

    public static void Make(int rows, string path)
    {
        using var file = File.Create(path);
        using var pdf = new PdfDocumentBuilder(file);
        var font = pdf.AddStandard14Font(Standard14Font.Helvetica);
        using var reader = new SampleReader(rows);
        var names = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToArray();
        PdfPageBuilder? page = null;
        var y = 0.0;
        while (reader.Read())
        {
            if (page is null || y < Margin)
            {
                page = pdf.AddPage(UglyToad.PdfPig.Content.PageSize.A4, isPortrait: false);
                y = page.PageSize.Height - Margin;
                Row(page, names, y, font);
                y -= RowHeight;
            }

            Row(page, Enumerable.Range(0, names.Length)
                .Select(column => Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture)!), y, font);
            y -= RowHeight;
        }
    }

    private static void Row(PdfPageBuilder page, IEnumerable<string> texts, double y, PdfDocumentBuilder.AddedFont font)
    {
        var x = Margin;
        foreach (var text in texts)
        {
            page.AddText(text, Size, new PdfPoint(x, y), font);
            x += 78;
        }
    }
}
