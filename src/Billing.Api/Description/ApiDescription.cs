using Billing.Api.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Billing.Api.Description;

/// <summary>What the API's own description is made of, beyond what the endpoints say by their types.</summary>
public static class ApiDescription
{
    public const string Address = "/openapi/v1.json";

    public static void AddDescription(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json => ApiJson.Apply(json.SerializerOptions));
        services.AddOpenApi("v1", options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.ShouldInclude = api => api.RelativePath?.StartsWith("v1/", StringComparison.Ordinal) == true;
            options.CreateSchemaReferenceId = new SchemaNames().Of;
            options.AddDocumentTransformer<DescribedDocument>();
            options.AddOperationTransformer<DescribedOperation>();
            options.AddSchemaTransformer<DescribedValues>();
        });
    }

    public static void MapDescription(this IEndpointRouteBuilder app)
    {
        app.MapOpenApi(Address).WithMetadata(PublicEndpoint.Because("it is the same for everyone"));
        app.MapReference();
    }
}

/// <summary>Who it is, how to get in, and what a refusal looks like.</summary>
internal sealed class DescribedDocument : IOpenApiDocumentTransformer
{
    internal const string Bearer = "bearer", Problem = "Problem", Refusal = "Refusal";

    public async Task TransformAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Billing",
            Version = "1",
            Description = "Time billing and contractor accounting. Money is decimal text with its currency, durations are whole "
                + "seconds, instants are UTC, days are ISO 8601. Lists take `limit` and `cursor`. Every refusal is a problem "
                + "(RFC 9457) with a stable `code`. How much may be asked for stands in `RateLimit` (docs/api.md).",
            Contact = new OpenApiContact { Name = "Whoever runs this server" },
        };
        // Where it runs is each installation's own matter; addresses are on the server that gave this.
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [Bearer] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "A member's token, as POST /v1/tokens gave it, once.",
            },
        };
        document.AddComponent(Problem, await context.GetOrCreateSchemaAsync(typeof(Problem), null, cancellationToken));
        document.AddComponent(Refusal, new OpenApiResponse
        {
            Description = "A refusal; docs/problems.md lists the codes.",
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                [Http.Problem.ContentType] = new() { Schema = new OpenApiSchemaReference(Problem, document) },
            },
        });
        DescribedMoney.Refer(document);
        document.Tags = document.Paths.Values
            .SelectMany(path => path.Operations!.Values).SelectMany(operation => operation.Tags!).Select(tag => tag.Name!)
            .Distinct(StringComparer.Ordinal).Select(name => new OpenApiTag { Name = name }).ToHashSet();
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] }];
    }
}
