using System.Text.Encodings.Web;
using Fluid;
using Fluid.Values;

namespace ReportScheduler.Tasks;

/// <summary>The bounds within which a template is rendered.</summary>
internal static class TemplateLimits
{
    public const int Steps = 50_000;
    public const int RangeLength = 1_000;
    public const int Characters = 1_000_000;

    public static TemplateContext Context(TemplateModel model)
    {
        var context = new TemplateContext(model.Options);
        foreach (var (name, value) in model.Values())
        {
            context.SetValue(name, value);
        }

        return context;
    }

    /// <summary>Passes text on as it is and stops when there is too much of it; captured text goes through it as well.</summary>
    public static TextEncoder Output() => new CountingEncoder();

    /// <summary>Stops values that grow in a loop.</summary>
    public static ValueTask<FluidValue> Assigned(string name, FluidValue value, TemplateContext context)
    {
        var size = value switch
        {
            StringValue text => text.ToStringValue().Length,
            ArrayValue array => array.Values.Count,
            _ => 0,
        };
        return size <= Characters ? value : throw TooLong();
    }

    private static InvalidOperationException TooLong() => new($"it makes more than {Characters:N0} characters");

    private sealed unsafe class CountingEncoder : TextEncoder
    {
        private long written;

        public override int MaxOutputCharactersPerInputCharacter => 1;

        public override void Encode(TextWriter output, string value, int startIndex, int characterCount)
        {
            Count(characterCount);
            output.Write(value.AsSpan(startIndex, characterCount));
        }

        public override void Encode(TextWriter output, char[] value, int startIndex, int characterCount)
        {
            Count(characterCount);
            output.Write(value, startIndex, characterCount);
        }

        public override int FindFirstCharacterToEncode(char* text, int textLength)
        {
            Count(textLength);
            return -1;
        }

        public override bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
        {
            numberOfCharactersWritten = 0;
            return false;
        }

        public override bool WillEncode(int unicodeScalar) => false;

        private void Count(int characters)
        {
            written += characters;
            if (written > Characters)
            {
                throw TooLong();
            }
        }
    }
}
