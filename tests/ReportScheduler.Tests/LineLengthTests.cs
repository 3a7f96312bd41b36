using System.Globalization;
using System.Text.RegularExpressions;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests;

/// <summary>Lines of code, comments and strings end at 140 characters.</summary>
/// <remarks>
/// Longer may be what cannot be broken: a line of other languages in a raw literal of several lines (PowerShell, SQL, XML), an example in
/// the help, which is one command, a line that is nothing but one string (a regular expression, a key), and an address.
/// </remarks>
public sealed partial class LineLengthTests
{
    private const int Longest = 140;

    [Fact]
    public void No_line_is_too_long()
    {
        var folders = new[] { "src", "tests" }.Select(folder => Path.Combine(BuiltModule.Root, folder));
        var files = folders.SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
            .Where(file => !Made().IsMatch(file)).ToList();
        Assert.True(files.Count > 500);
        Assert.Empty(files.SelectMany(file => TooLong(File.ReadAllText(file))
            .Select(line => string.Create(CultureInfo.InvariantCulture, $"{Path.GetRelativePath(BuiltModule.Root, file)}:{line}"))));
    }

    [Theory]
    [InlineData("var x = 1;", true)]
    [InlineData("var {0} = 1;", false)]
    [InlineData("/// <summary>{0}</summary>", false)]
    [InlineData("// {0}", false)]
    [InlineData("return \"{0}\" + x;", false)]
    [InlineData("var x = \"\"\"{0}\"\"\" + x;", false)]
    // each cannot be broken
    [InlineData("var x = \"\"\"\n{0}\n\"\"\";", true)]
    [InlineData("@\"{0}\")]", true)]
    [InlineData("/// <code>{0}</code>", true)]
    [InlineData("/// <code>\n/// {0}\n/// </code>", true)]
    [InlineData("/// (https://{0}).", true)]
    [InlineData("/// <code>x</code>\n/// {0}", false)]
    [InlineData("var x = \"\"\"\n\"\"\";\nvar {0} = 1;", false)]
    public void A_line_is_too_long(string code, bool isGood) => Assert.Equal(isGood,
        !TooLong(code.Replace("{0}", new string('x', Longest), StringComparison.Ordinal)).Any());

    private static IEnumerable<int> TooLong(string code)
    {
        var (number, isRaw, isExample) = (0, false, false);
        foreach (var line in code.ReplaceLineEndings("\n").Split('\n'))
        {
            number++;
            var opensOrCloses = Quotes().Count(line) % 2 == 1;
            var text = line.TrimStart();
            isExample = text.StartsWith("///", StringComparison.Ordinal)
                && (isExample || text.Contains("<code>", StringComparison.Ordinal));
            if (line.Length > Longest && !isRaw && !opensOrCloses && !isExample && !OneString().IsMatch(text) && !Address().IsMatch(text))
            {
                yield return number;
            }

            isExample &= !text.Contains("</code>", StringComparison.Ordinal);
            isRaw ^= opensOrCloses;
        }
    }

    [GeneratedRegex(@"[\\/](?:obj|bin)[\\/]")]
    private static partial Regex Made();

    [GeneratedRegex("\"{3,}")]
    private static partial Regex Quotes();

    [GeneratedRegex(@"^(?:[@$]*""[^""]*(?:(?:""""|\\"")[^""]*)*""(?:u8)?|\$*""{3}(?:(?!""{3}).)*""{3})[,;)\]]*$")]
    private static partial Regex OneString();

    [GeneratedRegex(@"^/// \(?https?://\S+$")]
    private static partial Regex Address();
}
