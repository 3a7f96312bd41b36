using System.Globalization;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using ReportScheduler.Sources;
using ReportScheduler.Sources.Providers.SqlServer;

namespace ReportScheduler.Tests.Attacks;

/// <summary>Random scraps of SQL: every lexer comes to an end and loses nothing, and on
/// T-SQL finds the variables that Microsoft's parser finds.</summary>
/// <remarks>REPORTSCHEDULER_ATTACK_TEXTS sets their number; 500 without it.</remarks>
public sealed class SqlLexerAttack
{
    private static readonly string[] Scraps =
    [
        "@a", "@", "@@x", "@@", "'", "''", "\"", "[", "]", "]]", "`", "/*", "*/", "--", "#", "\n", "\r\n", " ", " ", "\\", "$", "$$", "$x$",
        "E'", "N'", "N", ":", ":b", "::", "<@", "@>",
        "(", ")", ",", ";", "=", "GO", "\nGO\n", "\nGO 5\n", "EXEC p", "DECLARE", "int", "SELECT", "IN", "x", "1", "1.5e-3", "0x1F",
        "@fr\u00e5n", "\u65e5", "\ud83d\ude00", "\0", "CREATE PROC", "AS",
    ];

    [Fact]
    public void Scraps_are_taken_apart_by_every_lexer()
    {
        foreach (var sql in Texts())
        {
            foreach (var provider in DatabaseProviders.All)
            {
                var end = 0;
                foreach (var token in provider.Lexer.Read(sql))
                {
                    Assert.True(token.Start >= end && token.End > token.Start && token.End <= sql.Length, $"{provider.Name}: {sql}");
                    end = token.End;
                }

                Assert.All(provider.Read(sql).Batches, batch => Assert.Contains(batch.Text, sql, StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public void The_variables_of_T_SQL_are_those_of_its_own_parser()
    {
        var parser = new TSql160Parser(initialQuotedIdentifiers: true);
        var compared = 0;
        foreach (var sql in Texts().Select(text => text.Replace("\0", "", StringComparison.Ordinal)))
        {
            using var reader = new StringReader(sql);
            var tokens = parser.GetTokenStream(reader, out var errors);
            // what it cannot take apart, nobody has to
            if (errors.Count > 0)
            {
                continue;
            }

            compared++;
            var (theirs, ours) = (
                tokens.Where(token => token.TokenType == TSqlTokenType.Variable && !token.Text.StartsWith("@@", StringComparison.Ordinal)
                    && token.Text.Length > 1).Select(token => (token.Offset, token.Text)).ToList(),
                new SqlServerLexer().Read(sql).Where(token => token.IsVariable && token.Text.Length > 0)
                    .Select(token => (token.Start, "@" + token.Text)).ToList());
            Assert.True(theirs.SequenceEqual(ours), $"{sql}\ntheirs: {string.Join(" ", theirs)}\nours: {string.Join(" ", ours)}");
        }

        Assert.True(compared > 50, $"{compared}");
    }

    private static IEnumerable<string> Texts()
    {
        var count = int.TryParse(Environment.GetEnvironmentVariable("REPORTSCHEDULER_ATTACK_TEXTS"), NumberStyles.None,
            CultureInfo.InvariantCulture, out var wanted) ? wanted : 500;
        var random = new Random(11);
        for (var text = 0; text < count; text++)
        {
            yield return string.Concat(Enumerable.Range(0, random.Next(1, 25)).Select(_ => Scraps[random.Next(Scraps.Length)]));
        }
    }
}
