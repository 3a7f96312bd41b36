using ReportScheduler.Secrets;

namespace ReportScheduler.Tests.Secrets;

public sealed class EnvFileTests
{
    // each as python-dotenv 1.0 has it (dotenv_values)
    [Theory]
    [InlineData("A=1", "1")]
    [InlineData("A = 1 ", "1")]
    [InlineData("export A=1", "1")]
    [InlineData("'A'=1", "1")]
    [InlineData("A=", "")]
    [InlineData("A=a b # note", "a b")]
    [InlineData("A=a#b", "a#b")]
    [InlineData("A=\"a b#c$d\" # note", "a b#c$d")]
    [InlineData("A='a b#c$d' # note", "a b#c$d")]
    [InlineData("A=pa$word", "pa$word")]
    [InlineData("A='pa$word'", "pa$word")]
    [InlineData("A=O'Brien", "O'Brien")]
    [InlineData("A=say \"hi\"", "say \"hi\"")]
    [InlineData("A='it\\'s'", "it's")]
    [InlineData("A='a\\nb'", "a\\nb")]
    [InlineData("A=\"a\\nb\\\"c\\\\\"", "a\nb\"c\\")]
    [InlineData("A=a\\nb", "a\\nb")]
    [InlineData("A=\"one\ntwo\"\nB=2", "one\ntwo")]
    [InlineData("U=ann\nA=${U}", "ann")]
    [InlineData("U=ann\nA=postgresql://${U}:x@h/${D:-dwh}", "postgresql://ann:x@h/dwh")]
    [InlineData("U=ann\nA='${U}'", "ann")]
    [InlineData("A=${NOT_SET_ANYWHERE_1}x", "x")]
    [InlineData("A=1\nA=2", "2")]
    [InlineData("# A=0\r\n\r\nA=1\r\nB=2\r\n", "1")]
    [InlineData("A=ü€", "ü€")]
    [InlineData("A=='", "='")]
    public void Values_are_those_of_the_Python_tool(string text, string expected)
    {
        var file = EnvFile.Parse(text);
        Assert.Empty(file.Skipped);
        Assert.Equal(expected, file.Entries.Last(entry => entry.Key == "A").Value);
    }

    // written down from python-dotenv 1.0: where a statement cannot be read, the next begins behind what was read of it
    [Theory]
    [InlineData("A='unterminated\nB=2\nC='x'\n", "")]
    [InlineData("\"dq\"=1\n", "\"dq\"=1")]
    [InlineData("export =\nB=2\n", "B=2")]
    [InlineData("B=1\nB\n", "")]
    [InlineData("A=1\nexport A #c\n", "")]
    [InlineData("'k=y'='v'\n", "k=y=v")]
    [InlineData("A: 1\nB=2\n", "B=2")]
    [InlineData("A=\"x\\n\\t\\\"y\\\\\"\n", "A=x\n\t\"y\\")]
    [InlineData("A='\\\\ \\' \\n'\n", "A=\\ ' \\n")]
    [InlineData("A=\"open\n", "")]
    [InlineData("A=a \t# c\n", "A=a")]
    [InlineData("A=#c\n", "A=#c")]
    [InlineData("A= #c\n", "A=#c")]
    [InlineData("A=\"\"\n", "A=")]
    [InlineData("A=''\n", "A=")]
    [InlineData("A==\n", "A==")]
    [InlineData("A=${B:-${C}}\n", "A=${C}")]
    [InlineData("A=1\nA=${A}2\n", "A=12")]
    [InlineData("A=x\rB=y\r", "A=x;B=y")]
    [InlineData("\t A\t=\t1\t\n", "A=1")]
    [InlineData("A=1 B=2\n", "A=1 B=2")]
    [InlineData("A='1' B=2\nC=3\n", "C=3")]
    [InlineData("export A=1\nexport  B = 2\n", "A=1;B=2")]
    [InlineData("1A=3\nA-B=1\nA.B=2\n", "1A=3;A-B=1;A.B=2")]
    [InlineData("A=\"a\nb # no\nc\" # yes\nB=2\n", "A=a\nb # no\nc;B=2")]
    public void A_file_means_what_python_dotenv_makes_of_it(string text, string expected)
    {
        var values = EnvFile.Parse(text).Entries.GroupBy(entry => entry.Key).Select(entries => $"{entries.Key}={entries.Last().Value}");
        Assert.Equal(expected, string.Join(';', values));
    }

    [Theory]
    [InlineData("A='O'Brien'\nB=2", 1)]
    [InlineData("\n\nA=\"open\nB=2", 3)]
    [InlineData("B=2\nA='x' y", 2)]
    [InlineData("B=2\n=5\nC=3", 2)]
    public void A_line_that_cannot_be_read_is_left_out_alone(string text, int line)
    {
        var file = EnvFile.Parse(text);
        Assert.Equal([line], file.Skipped);
        Assert.Contains(KeyValuePair.Create("B", "2"), file.Entries);
    }
}
