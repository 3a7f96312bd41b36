using System.Globalization;
using System.Text;
using ReportScheduler.Rows;
using ReportScheduler.Tests.Exports;

namespace ReportScheduler.Tests.Rows;

public sealed class BinaryTextTests
{
    public static TheoryData<byte[], string, string> Values => new()
    {
        { Picture([0xFF, 0xD8, 0xFF, 0xE0], 12 * 1024), "", "(JPEG, 12 KB)" },
        { Picture([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A], 1536), "", "(PNG, 2 KB)" },
        { Picture(Encoding.ASCII.GetBytes("GIF89a"), 900), "", "(GIF, 900 bytes)" },
        { Picture(Encoding.ASCII.GetBytes("RIFF0000WEBPVP8 "), 2048), "", "(WebP, 2 KB)" },
        { Picture(Encoding.ASCII.GetBytes("BM"), 3 * 1024 * 1024), "de-DE", "(BMP, 3,0 MB)" },
        { Picture([0x49, 0x49, 42, 0], 2048), "", "(TIFF, 2 KB)" },
        // Access wraps its pictures
        { [.. Picture([0x15, 0x1C, 0x2F, 0x00], 78), .. Picture(Encoding.ASCII.GetBytes("BM"), 21_600)], "", "(BMP, 21 KB)" },
        { new byte[12 * 1024], "", "(binary, 12 KB)" },
        { new byte[16], "", "(binary, 16 bytes)" },
        { [1], "", "(binary, 1 byte)" },
        { [], "", "(binary, 0 bytes)" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Binary_is_said_in_words(byte[] bytes, string culture, string text) =>
        Assert.Equal(text, BinaryText.Of(bytes, CultureInfo.GetCultureInfo(culture)));

    [Fact]
    public void No_file_for_people_shows_bytes_and_those_for_programs_do()
    {
        using var folder = new ExportFolder();
        var task = ExportFolder.Task(ReportFormat.Pdf, ReportFormat.Html, ReportFormat.Excel, ReportFormat.Csv, ReportFormat.Json);
        var preview = folder.Sqlite(task,
            "select x'ffd8ffe0' || zeroblob(0) as a, cast(x'ffd8ffe000112233' as blob) as picture, zeroblob(12288) as other").Datasets[0];
        Assert.Equal(["(JPEG, 8 bytes)", "(binary, 12 KB)"], preview.FirstRows[0][1..]);
        var page = File.ReadAllText(Path.Combine(folder.Path, "sales.html"));
        Assert.Contains("(binary, 12 KB)", page);
        Assert.DoesNotContain("0000000000", page);
        var pdf = PdfReport.Run("pdftotext", "-layout", Path.Combine(folder.Path, "sales.pdf"), "-");
        Assert.Contains("(JPEG, 8 bytes)", pdf);
        Assert.Contains("Page 1 of 1", pdf);
        Assert.Contains("0xFFD8FFE000112233", File.ReadAllText(Path.Combine(folder.Path, "sales.csv")));
        Assert.Contains("\"picture\":\"/9j/4AARIjM=\"", File.ReadAllText(Path.Combine(folder.Path, "sales.json")));
    }

    private static byte[] Picture(byte[] start, int length) => [.. start, .. new byte[length - start.Length]];
}
