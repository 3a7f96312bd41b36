using System.Text;
using ReportScheduler.Sources;
using ReportScheduler.Sources.Sql;

namespace ReportScheduler.Tests.Sources;

public sealed class QueryFileTests : IDisposable
{
    private const string Sql = "select 'Lule\u00e5 \u201cx\u201d \u20ac' as city\r\n";
    private readonly string file = Path.GetTempFileName();

    private static Encoding Windows1252 => CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    public static TheoryData<string> Encodings =>
        ["UTF-8", "UTF-8 mark", "UTF-16 LE mark", "UTF-16 BE mark", "UTF-32 mark", "UTF-16 LE", "UTF-16 BE", "Windows-1252"];

    public void Dispose() => File.Delete(file);

    [Theory]
    [MemberData(nameof(Encodings))]
    public void A_file_is_read_as_it_was_meant(string name)
    {
        var encoding = name.Split(' ')[0] switch
        {
            "UTF-8" => Encoding.UTF8,
            "UTF-32" => Encoding.UTF32,
            "UTF-16" => name.Contains("BE", StringComparison.Ordinal) ? Encoding.BigEndianUnicode : Encoding.Unicode,
            _ => Windows1252,
        };
        File.WriteAllBytes(file,
            [.. name.EndsWith("mark", StringComparison.Ordinal) ? encoding.GetPreamble() : [], .. encoding.GetBytes(Sql)]);
        var (text, warning) = QueryFile.Read(file);
        Assert.Equal(Sql, text);
        Assert.Equal(name != "Windows-1252" ? null : $"'{file}' is not UTF-8 and was read as windows-1252. Look at the letters beyond a "
            + "to z, or save the file as UTF-8.", warning);
    }

    [Theory]
    // a byte that Windows-1252 does not have; UTF-8 and UTF-16 that are broken behind their mark
    [InlineData(new byte[] { 0x61, 0x81, 0x62 })]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF, 0x61, 0xE5 })]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x00, 0xD8, 0x61, 0x00 })]
    public void What_fits_no_encoding_is_refused(byte[] bytes)
    {
        File.WriteAllBytes(file, bytes);
        var problem = Assert.Throws<ReportException>(() => QueryFile.Read(file));
        Assert.Equal(("QueryFileNotText", (object)file), (problem.ErrorId, problem.ErrorTarget));
    }

    [Theory]
    // UTF-8 in which one letter was saved otherwise
    [InlineData("select 'Z\u00fcrich \u2013 \u65e5\u672c' as a,\n 'x", "' as b", 0xE9, "the byte 0xE9 in line 2 at place 4")]
    [InlineData("-- \u00fc\r\n-- b\r\nselect '", "'", 0xFC, "the byte 0xFC in line 3 at place 9")]
    [InlineData("select '\u00e9\u00e8", "\u00e0'", 0x80, "the byte 0x80 in line 1 at place 11")]
    [InlineData("\ufeffselect 'a", "'", 0xE4, "the byte 0xE4 in line 1 at place 10")]
    public void A_stray_byte_in_UTF_8_is_named(string before, string behind, byte stray, string words)
    {
        File.WriteAllBytes(file, [.. Encoding.UTF8.GetBytes(before), stray, .. Encoding.UTF8.GetBytes(behind)]);
        var problem = Assert.Throws<ReportException>(() => QueryFile.Read(file));
        Assert.Equal("QueryFileNotText", problem.ErrorId);
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("select 'Grüße aus Köln' as a")]
    [InlineData("select 'é'")]
    [InlineData("select 'Â© Ä…'")]
    public void Letters_of_Windows_stay_what_they_are(string sql)
    {
        File.WriteAllBytes(file, Windows1252.GetBytes(sql + " -- äöü"));
        Assert.Equal(sql + " -- äöü", QueryFile.Read(file).Text);
    }

    [Theory]
    // a NUL in ANSI text of an even and an odd length: it stays, and is refused as what it is
    [InlineData("select 1\0 as c")]
    [InlineData("select '\0' as name")]
    [InlineData("\0select 1 as a")]
    [InlineData("select 'a\0b', 'c\0d' as names")]
    public void A_zero_byte_makes_no_UTF_16(string sql)
    {
        File.WriteAllText(file, sql);
        Assert.Equal(sql, QueryFile.Read(file).Text);
        Assert.Equal("QueryHasNul", Assert.Throws<ReportException>(() => SqlText.CheckNul("d", QueryFile.Read(file).Text)).ErrorId);
    }
}
