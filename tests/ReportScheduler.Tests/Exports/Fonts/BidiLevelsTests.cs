using System.Text;
using ReportScheduler.Exports.Fonts;

namespace ReportScheduler.Tests.Exports.Fonts;

public sealed class BidiLevelsTests
{
    [Theory]
    // text, levels: as fribidi gives them
    [InlineData("abc 12", "000000")]
    [InlineData("שלום", "1111")]
    [InlineData("אב (גד)", "1111111")]
    [InlineData("אב USB-C גד", "11122222111")]
    [InlineData("אב SQL DB", "111222222")]
    [InlineData("ab אב 15%", "000111222")]
    [InlineData("אב 1,250.50 גד", "11122222222111")]
    [InlineData("אב 1 - 2", "11121112")]
    [InlineData("א A (B) ג", "112222211")]
    [InlineData("ab (אב) cd", "0000110000")]
    // after Arabic letters the percent sign does not go with the number
    [InlineData("ضر 15%", "111221")]
    [InlineData("ضر $5", "11112")]
    [InlineData("אב $5", "11122")]
    [InlineData("12 שח", "22111")]
    public void Every_character_runs_the_way_Unicode_says(string text, string levels) => Assert.Equal(levels, Levels(text));

    [Fact]
    public void Random_lines_run_as_fribidi_has_them()
    {
        var random = new Random(20261125);
        string[] parts = ["a", "B", "א", "ב", "ش", "ر", "1", "2", "٣", " ", " ", "(", ")", "[", "]", ".", ",", "-", "+", "%", "$", "/", ":",
            "\u05B0", "!", "&"];
        string[] lines = [.. Enumerable.Range(0, 3000)
            .Select(_ => string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => parts[random.Next(parts.Length)])).TrimEnd())];
        lines = [.. lines.Where(line => line.EnumerateRunes().Any(rune => Rune.IsLetter(rune)))];
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(file, lines);
            var answers = Fribidi(file).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(lines.Length, answers.Length);
            Assert.Empty(lines.Zip(answers).Where(pair => Levels(pair.First) != pair.Second.Replace(" ", "", StringComparison.Ordinal))
                .Select(pair => $"{pair.First}: {pair.Second} but {Levels(pair.First)}").Take(10));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Levels(string text) =>
        string.Concat(BidiLevels.Of([.. text.EnumerateRunes().Select(rune => rune.Value)], out _, out _));

    private static string Fribidi(string file)
    {
        if (!File.Exists("/usr/bin/fribidi"))
        {
            Assert.True(Environment.GetEnvironmentVariable("CI") != "true", "CI has no fribidi");
            Assert.Skip("No /usr/bin/fribidi: apt-get install libfribidi-bin");
        }

        return PdfReport.Run("/usr/bin/fribidi", "--levels", "--novisual", "--nopad", "--nobreak", file);
    }
}
