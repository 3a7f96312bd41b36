using System.Globalization;
using System.Text;
using ReportScheduler.Exports.Excel;

namespace ReportScheduler.Tests.Exports.Excel;

public sealed class ExcelNumberTests
{
    [Theory]
    [InlineData(0, "0", 0)]
    [InlineData(12.5, "12.5", 1)]
    [InlineData(-0.0625, "-0.0625", 4)]
    [InlineData(0.3, "0.3", 1)]
    [InlineData(0.1 + 0.2, "0.30000000000000004", 1)]
    [InlineData(252751.70000000004, "252751.70000000004", 1)]
    [InlineData(0.9088184001853248, "0.9088184001853248", 16)]
    [InlineData(1234567890.1234, "1234567890.1234", 4)]
    [InlineData(99999999999.9999, "99999999999.9999", 4)]
    [InlineData(1e300, "1E+300", 0)]
    [InlineData(123456789012345, "123456789012345", 0)]
    [InlineData(0.00001, "1E-05", 5)]
    [InlineData(1.23456, "1.23456", 5)]
    [InlineData(-5e-324, "-5E-324", 0)]
    public void A_double_is_written_with_the_fewest_digits(double value, string digits, int fractionDigits) =>
        Assert.Equal((digits, fractionDigits, digits.Contains('E', StringComparison.Ordinal)), Written(value));

    [Fact]
    public void Any_double_reads_back_as_it_was_and_is_no_longer_than_the_frameworks()
    {
        var random = new Random(7);
        for (var i = 0; i < 200_000; i++)
        {
            var value = (i % 4) switch
            {
                0 => BitConverter.Int64BitsToDouble(random.NextInt64()),
                1 => random.Next(-1_000_000, 1_000_000) / 100.0,
                2 => Math.Round(random.NextDouble() * Math.Pow(10, random.Next(0, 12)), random.Next(0, 6)),
                _ => random.NextDouble() * 1000,
            };
            if (double.IsFinite(value))
            {
                var written = Written(value).Text;
                Assert.Equal(value, double.Parse(written, CultureInfo.InvariantCulture));
                Assert.True(written.Length <= value.ToString("R", CultureInfo.InvariantCulture).Length || value == 0, written);
            }
        }
    }

    [Theory]
    [InlineData("0")]
    [InlineData("0.00")]
    [InlineData("-12.50")]
    [InlineData("0.007")]
    [InlineData("-0.05")]
    [InlineData("999999999999999")]
    [InlineData("99999999999999.9")]
    [InlineData("0.000000000000001")]
    [InlineData("0.0000000000000000000000000001")]
    [InlineData("123456789012345000000000000")]
    public void A_decimal_is_written_with_its_own_digits(string digits)
    {
        var target = new byte[ExcelNumber.MaxLength];
        var length = ExcelNumber.Format(decimal.Parse(digits, CultureInfo.InvariantCulture), target);
        Assert.Equal(digits, Encoding.UTF8.GetString(target, 0, length));
    }

    private static (string Text, int FractionDigits, bool IsScientific) Written(double value)
    {
        var target = new byte[ExcelNumber.MaxLength];
        var length = ExcelNumber.Format(value, target, out var fractionDigits, out var isScientific);
        return (Encoding.UTF8.GetString(target, 0, length), fractionDigits, isScientific);
    }
}
