using System.Globalization;

namespace ReportScheduler.Templates;

/// <summary>What a template writes, until it is too much.</summary>
internal sealed class TemplateOutput() : StringWriter(CultureInfo.InvariantCulture)
{
    public override void Write(char value)
    {
        Count(1);
        base.Write(value);
    }

    public override void Write(char[] buffer, int index, int count)
    {
        Count(count);
        base.Write(buffer, index, count);
    }

    public override void Write(ReadOnlySpan<char> buffer)
    {
        Count(buffer.Length);
        base.Write(buffer);
    }

    public override void Write(string? value)
    {
        Count(value?.Length ?? 0);
        base.Write(value);
    }

    private void Count(int more)
    {
        if (GetStringBuilder().Length + more > TemplateLimits.Characters)
        {
            throw TemplateLimits.TooLong();
        }
    }
}
