using System.Globalization;
using System.Text;

namespace ReportScheduler.Sources;

/// <summary>Reads a file of SQL text, as editors save it: UTF-8, UTF-16 or UTF-32 with a byte
/// order mark, UTF-8 or UTF-16 without one, else the ANSI code page.</summary>
/// <remarks>No character is ever replaced: what fits none of them is refused.</remarks>
internal static class QueryFile
{
    private const int WindowsLatin = 1252;

    // a quarter of the characters
    private const int SparseZeros = 8;

    /// <summary>The bytes that Windows-1252 gives no character.</summary>
    private static readonly HashSet<byte> Undefined = [0x81, 0x8D, 0x8F, 0x90, 0x9D];

    // UTF-32 before UTF-16, whose mark it begins with
    private static readonly Encoding[] Marked =
    [
        new UTF8Encoding(true, true), new UTF32Encoding(false, true, true), new UTF32Encoding(true, true, true),
        new UnicodeEncoding(false, true, true), new UnicodeEncoding(true, true, true),
    ];

    /// <returns>The text, and what a person should know about how it was read; null for nothing.</returns>
    /// <exception cref="ReportException">It is not there, may not be read, or is no text.</exception>
    public static (string Text, string? Warning) Read(string path)
    {
        if (!File.Exists(path))
        {
            throw SourceErrors.FileNotFound(path, "query");
        }

        try
        {
            return Decode(path, File.ReadAllBytes(path));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw SourceErrors.QueryFileNotReadable(path, problem);
        }
        catch (DecoderFallbackException problem)
        {
            throw SourceErrors.QueryFileNotText(path, problem);
        }
    }

    private static (string Text, string? Warning) Decode(string path, byte[] bytes)
    {
        if (Array.Find(Marked, encoding => bytes.AsSpan().StartsWith(encoding.Preamble)) is { } marked)
        {
            return ReferenceEquals(marked, Marked[0]) && BrokenText.First(bytes.AsSpan(marked.Preamble.Length)) is var (at, broken)
                ? throw SourceErrors.QueryFileNotText(path, broken, at.Line, at.Column)
                : (marked.GetString(bytes, marked.Preamble.Length, bytes.Length - marked.Preamble.Length), null);
        }

        if (Array.IndexOf(bytes, (byte)0) >= 0 && bytes.Length % 2 == 0 && Wide(bytes) is { } wide)
        {
            return (wide.GetString(bytes), null);
        }

        try
        {
            return (Marked[0].GetString(bytes), null);
        }
        catch (DecoderFallbackException)
        {
            return BrokenText.Find(bytes) is var (place, stray)
                ? throw SourceErrors.QueryFileNotText(path, stray, place.Line, place.Column)
                : Ansi(path, bytes);
        }
    }

    /// <summary>UTF-16 without a mark: Latin letters have a zero byte behind or before them, and
    /// SQL has many. A lone zero is one that does not belong there.</summary>
    private static UnicodeEncoding? Wide(byte[] bytes)
    {
        var zeros = bytes.Select((value, place) => (value, place)).Where(each => each.value == 0)
            .GroupBy(each => each.place % 2, each => each.place).ToList();
        return zeros is not [var side] || side.Count() * SparseZeros < bytes.Length
            ? null
            : new UnicodeEncoding(bigEndian: side.Key == 0, byteOrderMark: false, throwOnInvalidBytes: true);
    }

    private static (string Text, string? Warning) Ansi(string path, byte[] bytes)
    {
        var page = OperatingSystem.IsWindows() ? CultureInfo.CurrentCulture.TextInfo.ANSICodePage : WindowsLatin;
        page = page is 0 or 65001 ? WindowsLatin : page;
        if (page == WindowsLatin && bytes.Any(Undefined.Contains))
        {
            throw SourceErrors.QueryFileNotText(path, null);
        }

        var ansi =
            CodePagesEncodingProvider.Instance.GetEncoding(page, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;
        return (ansi.GetString(bytes),
            $"'{path}' is not UTF-8 and was read as {ansi.WebName}. Look at the letters beyond a to z, or save the file as UTF-8.");
    }
}
