using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;

namespace ReportScheduler.Commands;

/// <summary>Takes names and values as a hashtable, or as an object with properties, which ConvertFrom-Json makes of them.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TableTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Whether a plain text is a value too.</summary>
    public bool OrText { get; init; }

    /// <inheritdoc/>
    public override bool TransformNullOptionalParameters => false;

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var given = Plain(inputData);
        return given switch
        {
            null or IDictionary => given,
            string text when OrText => text,
            _ when NotGiven.IsEmptyCell(given) => null,
            _ when OrText => inputData,
            _ => throw Refused(given),
        };
    }

    /// <summary>Objects of properties as dictionaries in the order of the properties, however deep they are.</summary>
    private static object? Plain(object? value)
    {
        var given = NotGiven.Unwrapped(value);
        if (given is PSObject properties)
        {
            var table = new OrderedDictionary(StringComparer.OrdinalIgnoreCase);
            foreach (var property in properties.Properties)
            {
                table[property.Name] = Plain(property.Value);
            }

            return table;
        }

        return given is object[] several ? Array.ConvertAll(several, Plain) : given;
    }

    private static ArgumentTransformationMetadataException Refused(object given)
    {
        var problem = CommandErrors.NotATable($"{given}");
        return new ArgumentTransformationMetadataException(problem.Message, problem);
    }
}
