using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Drawing.Spreadsheet;
using DocumentFormat.OpenXml.Spreadsheet;
using ReportScheduler.Tests.Exports.Excel;
using ReportScheduler.Tests.Support;
using SkiaSharp;

namespace ReportScheduler.Tests.Exports;

public sealed class CellPictureTests : IDisposable
{
    private readonly ExportFolder folder = new();

    public void Dispose() => folder.Dispose();

    // what is drawn: a picture of any size, beside what is none, or ends too early
    private static string Sql
    {
        get
        {
            var png = TestPictures.Png(40, 30);
            var jpeg = Encoded(SKEncodedImageFormat.Jpeg, 900, 700);
            return $"select 1 as id, x'{Convert.ToHexString(png)}' as photo union all select 2, x'{Convert.ToHexString(jpeg)}' "
                + $"union all select 3, x'{Convert.ToHexString(png.AsSpan(0, png.Length / 2))}' union all select 4, x'00010203' "
                + $"union all select 5, null union all select 6, x'{Convert.ToHexString(png)}'";
        }
    }

    [Fact]
    public void Excel_shows_pictures_in_their_cells_and_rows_are_high_enough()
    {
        folder.Sqlite(ExportFolder.Task(ReportFormat.Excel), Sql);
        using var book = new OpenedWorkbook(Path.Combine(folder.Path, "sales.xlsx"));
        Assert.Equal("", string.Join('\n', book.Errors()));
        var anchors = book.Sheet("Sales").DrawingsPart!.WorksheetDrawing.Elements<OneCellAnchor>().ToList();
        Assert.Equal(["1,1 40x30", "1,2 82x64", "1,6 40x30"], anchors.Select(anchor =>
            $"{anchor.FromMarker!.ColumnId!.Text},{anchor.FromMarker.RowId!.Text} "
            + $"{anchor.Extent!.Cx! / 9525}x{anchor.Extent.Cy! / 9525}"));
        Assert.Equal(["image/jpeg", "image/png", "image/png"],
            book.Sheet("Sales").DrawingsPart!.ImageParts.Select(part => part.ContentType).Order());
        var heights = book.Sheet("Sales").Worksheet.Descendants<Row>().Select(row => row.Height?.Value ?? 15).ToList();
        Assert.True(heights[1] >= 30 * 0.75 && heights[2] >= 64 * 0.75);
        Assert.Equal(15, heights[4]);
        Assert.Null(book.Cell("Sales", "B2").CellValue);
        Assert.StartsWith("text:(PNG", book.Text(book.Cell("Sales", "B4")));
        Assert.StartsWith("text:(binary", book.Text(book.Cell("Sales", "B5")));
    }

    [Fact]
    public void A_PDF_shows_pictures_with_words_for_those_who_do_not_see_them()
    {
        folder.Sqlite(ExportFolder.Task(ReportFormat.Pdf), Sql);
        var path = Path.Combine(folder.Path, "sales.pdf");
        PdfReport.Run("qpdf", "--check", path);
        using var pdf = UglyToad.PdfPig.PdfDocument.Open(path);
        Assert.Equal([(30, 22), (61, 48), (30, 22)], pdf.GetPages().SelectMany(page => page.GetImages())
            .Select(image => ((int)image.BoundingBox.Width, (int)image.BoundingBox.Height)));
        var text = PdfReport.Run("pdftotext", "-layout", path, "-");
        Assert.Contains("(binary", text);
        Assert.Equal(1, Regex.Count(text, @"\(PNG"));
        Assert.Equal(3, Regex.Count(PdfReport.Run("pdfinfo", "-struct", path), "Figure"));
    }

    [Fact]
    public void HTML_shows_pictures_and_large_ones_smaller()
    {
        folder.Sqlite(ExportFolder.Task(ReportFormat.Html), Sql);
        var page = File.ReadAllText(Path.Combine(folder.Path, "sales.html"));
        // the broken one is words, as in the other formats
        Assert.Equal(2, Regex.Count(page, "<img alt=\"\\(PNG[^\"]*\" src=\"data:image/png"));
        Assert.Equal(1, Regex.Count(page, "src=\"data:image/jpeg"));
        Assert.True(page.Length < 200_000);
    }

    private static byte[] Encoded(SKEncodedImageFormat format, int width, int height)
    {
        using var bitmap = SKBitmap.Decode(TestPictures.Png(width, height));
        using var data = bitmap.Encode(format, 90);
        return data.ToArray();
    }
}
