using System.Text;
using ReportScheduler.Secrets;

namespace ReportScheduler.Tests.Secrets;

public sealed class KeyRingTests
{
    private static readonly string One = Convert.ToBase64String(Enumerable.Repeat((byte)1, 32).ToArray());
    private static readonly string Two = Convert.ToHexString(Enumerable.Repeat((byte)2, 32).ToArray());

    public static TheoryData<string, string> Rings => new()
    {
        { One, "1" },
        { One + "\n", "1" },
        { Two.ToLowerInvariant() + "\r\n", "2" },
        { $"{Two}\n{One}", "2 1" },
        { $"# since May\n\n  {One}\t\n# the one before\n{Two}\n\n", "1 2" },
        { $"\uFEFF{One}\n", "1" },
    };

    public static TheoryData<string, string, string> Bad => new()
    {
        { "", "SecretKeyDamaged", "0 bytes" },
        { "\n# nothing\n", "SecretKeyDamaged", "11 bytes" },
        { "s3cret", "KeyRingNotUsable", "Line 1" },
        { $"{One}\ns3cret", "KeyRingNotUsable", "Line 2" },
        { $"{One}{One}", "KeyRingNotUsable", "Line 1" },
        { One[..^8], "KeyRingNotUsable", "Line 1" },
        { Two[..^2], "KeyRingNotUsable", "Line 1" },
        { "pass\u00e9s3cret", "SecretKeyDamaged", "12 bytes" },
        { "\0\u0001s3cret", "SecretKeyDamaged", "8 bytes" },
    };

    [Theory]
    [MemberData(nameof(Rings))]
    public void A_ring_has_a_key_a_line_and_the_newest_first(string text, string keys) => Assert.Equal(keys,
        string.Join(' ', KeyRing.Parse(Encoding.UTF8.GetBytes(text), "file").Select(key => key.Distinct().Single())));

    [Theory]
    [MemberData(nameof(Bad))]
    public void What_is_no_ring_is_an_error_that_names_the_line_and_shows_nothing_of_it(string text, string errorId, string words)
    {
        var problem = Assert.Throws<ReportException>(() => KeyRing.Parse(Encoding.UTF8.GetBytes(text), "file"));
        Assert.Equal((errorId, "file"), (problem.ErrorId, problem.ErrorTarget));
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_bytes_of_one_key_are_a_ring_too()
    {
        var key = Enumerable.Range(200, 32).Select(value => (byte)value).ToArray();
        Assert.Equal([key], KeyRing.Parse(key, "file"));
    }

    [Fact]
    public void A_folder_is_no_key_file_and_is_said_to_be_one()
    {
        var folder = Directory.CreateTempSubdirectory("report-scheduler-");
        try
        {
            var problem = Assert.Throws<ReportException>(() => new SecretKey("store", StoreScope.User, folder.FullName).ReadAll());
            Assert.Equal((nameof(SecretErrors.KeyFileIsFolder), folder.FullName), (problem.ErrorId, problem.ErrorTarget));
        }
        finally
        {
            folder.Delete();
        }
    }
}
